ko_unit(reduce ko_reduce)
ko_unit(reduce_parts ko_reduce)
