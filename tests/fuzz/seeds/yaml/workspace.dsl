workspace "W" {
    model {
        user = person "U"
        care = softwareSystem "Care" {
            properties {
                "owner" "team-a"
            }
            api = container "API"
            -> db "reads"
        }
        user -> care "uses"
        care.api -> care
    }
}
