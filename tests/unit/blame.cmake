ko_unit(statement ko_blame)
ko_unit(blame ko_blame case_builder)
ko_unit(mass ko_blame case_builder)
ko_unit(change ko_blame case_builder)
