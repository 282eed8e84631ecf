import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { blockQuery } from "@/api/chain";
import { Copy, EmptyState, Fact, Facts, LinkButton, Loaded, Page, Section, Time } from "@/design";
import { EventTable, TxTable } from "./parts";

function Hash({ of }: { of: string }) {
  return (
    <span className="inline-flex items-center gap-1">
      <bdi className="font-mono text-[0.9em] break-all">{of}</bdi>
      <Copy text={of} />
    </span>
  );
}

/** One block: its header, transactions and what happened in it. */
export function BlockPage() {
  const { t } = useTranslation("explorer");
  const { height = "" } = useParams();
  const query = useQuery(blockQuery(height));
  const at = Number(height);
  return (
    <Page
      title={t("block.title", { height })}
      back={{ to: "/explorer", label: t("title") }}
      actions={
        <>
          {at > 1 && <LinkButton to={`/explorer/blocks/${at - 1}`}>{t("block.before")}</LinkButton>}
          <LinkButton to={`/explorer/blocks/${at + 1}`}>{t("block.after")}</LinkButton>
        </>
      }
    >
      <Loaded query={query}>
        {(b) => (
          <>
            <Facts>
              <Fact label={t("time")}>
                <Time at={b.time} absolute />
              </Fact>
              <Fact label={t("block.hash")}>
                <Hash of={b.hash} />
              </Fact>
              <Fact label={t("block.appHash")}>
                <Hash of={b.app_hash} />
              </Fact>
              <Fact label={t("block.proposer")}>
                <Hash of={b.proposer} />
              </Fact>
            </Facts>
            <Section title={t("txs")}>
              {b.transactions.length > 0 ? <TxTable rows={b.transactions} /> : <EmptyState title={t("block.empty")} />}
            </Section>
            {b.happened.length > 0 && (
              <Section title={t("events")}>
                <EventTable rows={b.happened} />
              </Section>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}
