// Polars behind a pipe: node polars.mjs PACKAGES EVENTS.parquet. Reads the events into memory and says
// {"ready":true}; then answers each line {"sql":...} with a line {"totals":[...],"wall":s,"cpu":s}.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [packages, events] = process.argv.slice(2);
const pl = createRequire(packages + "/")("nodejs-polars");

const reply = (object) => process.stdout.write(JSON.stringify(object) + "\n");
const context = pl.SQLContext({ clustered: pl.readParquet(events) });
reply({ ready: true });

for await (const line of createInterface({ input: process.stdin })) {
  try {
    const used = process.cpuUsage();
    const begun = process.hrtime.bigint();
    const row = context.execute(JSON.parse(line).sql, { eager: true }).rows()[0];
    const wall = Number(process.hrtime.bigint() - begun) / 1e9;
    const { user, system } = process.cpuUsage(used);
    reply({ totals: row.map(Number), wall, cpu: (user + system) / 1e6 });
  } catch (error) {
    reply({ error: String(error.message).split("\n")[0] });
  }
}
