// The number of failed requests in JSON lines, by DuckDB.  usage: node duckdb.mjs FILE
import { createRequire } from "node:module";
const require = createRequire(process.cwd() + "/");
const { DuckDBInstance } = require("@duckdb/node-api");
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const file = process.argv[2].replaceAll("'", "''");
const columns = "{ts: 'TIMESTAMP', service: 'VARCHAR', status: 'INTEGER', duration_ms: 'DOUBLE'}";
const result = await connection.runAndReadAll(`
  SELECT sum(e) FROM (
    SELECT service, time_bucket(INTERVAL 10 SECOND, ts), count(*), count(*) FILTER (status >= 500) AS e,
           quantile_cont(duration_ms, [0.5, 0.95])
    FROM read_json('${file}', format = 'newline_delimited', columns = ${columns}) GROUP BY ALL)`);
console.log(String(result.getRows()[0][0]));
