ko_unit(read_logs ko_read)
