import { assertEquals } from "@std/assert";
import { besideTable6 } from "../../lib/lab/beside_table_6.ts";
import { listRecords } from "../../lib/records/list_records.ts";

const [template] = await listRecords();

Deno.test("besideTable6() has each ResNet of the paper, with our run of it", () => {
  const record = {
    ...template!,
    network: { ...template!.network, name: "ResNet-56" },
    data: { ...template!.data, trainImages: 50000 },
    hyperparameters: {
      ...template!.hyperparameters,
      ...{ steps: 4000, batchSize: 32 },
    },
    final: { ...template!.final, testError: 33.73 },
  };
  const plain = { ...record, network: { ...record.network, name: "plain-20" } };
  const rows = besideTable6([plain, record]);
  assertEquals(rows.map(({ layers }) => layers), [20, 32, 44, 56, 110, 1202]);
  assertEquals(rows.filter(({ ours }) => ours !== null), [{
    name: "ResNet-56",
    layers: 56,
    paper: 6.97,
    ours: 33.73,
    steps: 4000,
    passes: 2.56,
  }]);
});
