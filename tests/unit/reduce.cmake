ko_unit(reduce ko_reduce)
