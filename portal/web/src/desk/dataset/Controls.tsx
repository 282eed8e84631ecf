import { useTranslation } from "react-i18next";
import { Meter, Ppm, Section, Table, useFormat, type Column } from "@/design";
import type { ControlQuality } from "./label";

/** How far people agreed, control by control. */
export function Controls({ controls }: { controls: readonly ControlQuality[] }) {
  const { t } = useTranslation(["dataset", "market"]);
  const { number, share } = useFormat();
  if (controls.length === 0) return null;
  const columns: Column<ControlQuality>[] = [
    { key: "name", header: t("controls.name"), cell: (c) => <bdi className="font-medium">{c.name}</bdi>, sort: (c) => c.name },
    { key: "type", header: t("controls.type"), cell: (c) => t(`market:answer.${c.type}`) },
    { key: "answers", header: t("controls.answers"), cell: (c) => number(c.answers), sort: (c) => c.answers, align: "end" },
    { key: "alpha", header: t("label.agreement"), cell: (c) => number(c.agreement / 1e6, { maximumFractionDigits: 2 }), sort: (c) => c.agreement, align: "end" },
    {
      key: "support",
      header: t("controls.support"),
      sort: (c) => c.support,
      cell: (c) => (
        <span className="flex items-center gap-3">
          <span className="w-24"><Meter label={t("controls.support")} value={c.support} text={share(c.support)} /></span>
          <Ppm value={c.support} />
        </span>
      ),
    },
  ];
  return (
    <Section title={t("controls.title")} lead={t("controls.lead")}>
      <Table caption={t("controls.title")} columns={columns} rows={controls} rowKey={(c) => c.name} />
    </Section>
  );
}
