workspace "Care" {
    model {
        pay = softwareSystem "payments"
        crm = softwareSystem "crm-api"
        pay -> crm "looks up"
    }
}
