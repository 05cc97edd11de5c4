ko_unit(recover ko_recover)
