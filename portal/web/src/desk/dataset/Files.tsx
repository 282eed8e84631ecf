import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { statusQuery } from "@/api/desk";
import type { DatasetDetail } from "@/api/dataset";
import { Cid, Section, Table, useFormat, type Column } from "@/design";
import { citation } from "./cite";
import { Code } from "./Code";

type File = DatasetDetail["files"][number];

/** What can be downloaded, how to get the whole folder, and how to cite it. */
export function Files({ dataset: d }: { dataset: DatasetDetail }) {
  const { t } = useTranslation("dataset");
  const { number } = useFormat();
  const chain = useQuery(statusQuery).data?.chain_id ?? "";
  const columns: Column<File>[] = [
    { key: "name", header: t("files.name"), cell: (f) => <a href={`/blob/${f.cid}`} download={f.name}><bdi>{f.name}</bdi></a> },
    { key: "what", header: t("files.what"), cell: (f) => t(`files.${f.name.split(".")[0]}`) },
    { key: "lines", header: t("files.lines"), cell: (f) => (f.lines > 0 ? number(f.lines) : "–"), align: "end" },
    { key: "cid", header: t("files.cid"), cell: (f) => <Cid of={f.cid} /> },
  ];
  return (
    <div className="flex flex-col gap-8">
      <Section title={t("files.title")}>
        <Table caption={t("files.title")} columns={columns} rows={d.files} rowKey={(f) => f.name} />
      </Section>
      <Section title={t("files.folder")} lead={t("files.folderText")}>
        <Code text={`alaya dataset pull ${d.id} ./${d.id}`} />
      </Section>
      <Section title={t("cite")}>
        <Code text={citation(d, chain)} />
      </Section>
    </div>
  );
}
