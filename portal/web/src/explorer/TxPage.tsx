import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { txQuery } from "@/api/chain";
import { Amount, Card, Copy, Fact, Facts, Loaded, Note, Page, Section, Time, useFormat } from "@/design";
import { BlockLink, EventTable, Outcome, PartyLink } from "./parts";
import { Says } from "./Says";

/** One transaction: what it asked for in words, what came of it. */
export function TxPage() {
  const { t } = useTranslation("explorer");
  const { number } = useFormat();
  const { hash = "" } = useParams();
  const query = useQuery(txQuery(hash));
  return (
    <Page title={t("tx.title")} back={{ to: "/explorer", label: t("title") }}>
      <Loaded query={query}>
        {(tx) => (
          <>
            {!tx.ok && (
              <Note tone="bad" title={t("tx.why")}>
                <bdi>{tx.log}</bdi>
              </Note>
            )}
            <ol className="flex flex-col gap-3">
              {tx.messages.map((message, i) => (
                <Card as="li" key={i}>
                  <p className="font-medium">
                    <Says message={message} />
                  </p>
                  <details className="mt-2">
                    <summary className="cursor-pointer text-sm text-muted">{t("tx.exactly")}</summary>
                    <pre dir="ltr" tabIndex={0} className="mt-2 max-h-96 overflow-auto rounded-lg bg-sunken p-3 text-sm">
                      {JSON.stringify({ stage: message.stage, verb: message.verb, ...(message.fields as object) }, null, 2)}
                    </pre>
                  </details>
                </Card>
              ))}
            </ol>
            <Facts>
              <Fact label={t("tx.outcome")}>
                <Outcome ok={tx.ok} />
              </Fact>
              <Fact label={t("tx.hash")}>
                <bdi className="font-mono text-[0.9em] break-all">{tx.hash}</bdi> <Copy text={tx.hash} />
              </Fact>
              <Fact label={t("block.height")}>
                <BlockLink height={tx.height} />
              </Fact>
              <Fact label={t("time")}>
                <Time at={tx.time} absolute />
              </Fact>
              <Fact label={t("tx.signer")}>
                {tx.signers.map((who) => (
                  <PartyLink key={who} of={who} />
                ))}
              </Fact>
              <Fact label={t("tx.fee")}>
                <Amount ualy={tx.fee} /> · {t("tx.gas", { gas: number(tx.gas_used) })}
              </Fact>
            </Facts>
            {tx.happened.length > 0 && (
              <Section title={t("events")}>
                <EventTable rows={tx.happened} />
              </Section>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}
