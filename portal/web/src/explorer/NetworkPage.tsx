import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { planeQuery, validatorsQuery, type Validator } from "@/api/chain";
import { Badge, Cid, EmptyState, Loaded, Page, Ppm, Section, Stat, Stats, Table, useFormat, type Column } from "@/design";
import { PartyLink } from "./parts";

/** Who runs the chain, and what this node keeps. */
export function NetworkPage() {
  const { t } = useTranslation("explorer");
  return (
    <Page title={t("network.title")} lead={t("network.lead")} back={{ to: "/explorer", label: t("title") }}>
      <Section title={t("network.validators")} lead={t("network.validatorsLead")}>
        <Validators />
      </Section>
      <Section title={t("network.plane")} lead={t("network.planeLead")}>
        <Kept />
      </Section>
    </Page>
  );
}

function Validators() {
  const { t } = useTranslation("explorer");
  const { number, share } = useFormat();
  const query = useQuery(validatorsQuery);
  return (
    <Loaded query={query}>
      {({ items }) => {
        const all = items.reduce((sum, v) => sum + v.power, 0) || 1;
        const columns: Column<Validator>[] = [
          { key: "name", header: t("network.validator"), cell: (v) => <PartyLink of={v.account} name={v.moniker} />, sort: (v) => v.moniker },
          {
            key: "power",
            header: t("network.power"),
            align: "end",
            cell: (v) => `${number(v.power)} (${share((v.power / all) * 1e6)})`,
            sort: (v) => v.power,
          },
          { key: "proposed", header: t("network.proposed"), align: "end", cell: (v) => number(v.proposed), sort: (v) => v.proposed },
          { key: "votes", header: t("network.votes"), align: "end", cell: (v) => number(v.votes), sort: (v) => v.votes },
          { key: "commission", header: t("network.commission"), align: "end", cell: (v) => <Ppm value={v.commission_ppm} /> },
          {
            key: "status",
            header: t("network.status"),
            cell: (v) => <Badge tone={v.jailed ? "bad" : v.status === "bonded" ? "good" : "plain"}>{t(v.jailed ? "network.jailed" : `network.${v.status}`)}</Badge>,
          },
        ];
        return <Table caption={t("network.validators")} columns={columns} rows={items} rowKey={(v) => v.operator} />;
      }}
    </Loaded>
  );
}

function Kept() {
  const { t } = useTranslation("explorer");
  const { number, bytes } = useFormat();
  const query = useQuery(planeQuery);
  return (
    <Loaded query={query}>
      {(plane) => (
        <>
          <Stats>
            <Stat label={t("network.blocks")} value={number(plane.blobs)} />
            <Stat label={t("network.bytes")} value={bytes(plane.bytes)} />
            <Stat label={t("network.pinned")} value={number(plane.pinned)} />
          </Stats>
          {plane.pins.length === 0 ? (
            <EmptyState title={t("network.noPins")} />
          ) : (
            <Table
              caption={t("network.pinned")}
              rows={plane.pins}
              rowKey={(pin) => pin.cid + pin.reason}
              columns={[
                { key: "cid", header: t("network.blob"), cell: (pin) => <Cid of={pin.cid} /> },
                { key: "reason", header: t("network.reason"), cell: (pin) => <bdi>{pin.reason}</bdi> },
              ]}
            />
          )}
        </>
      )}
    </Loaded>
  );
}
