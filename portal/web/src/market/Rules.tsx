import { Matching, type RequestTerms } from "@gen/proto/alaya/market/v1/market_pb";
import type { ReactNode } from "react";
import { Trans, useTranslation } from "react-i18next";
import type { Request } from "@/api/types";
import { Amount, Card, Fact, Facts, Icon, Section, Time, useFormat, type IconName } from "@/design";
import { timeline, type Moment } from "./pay";

interface Props {
  request: Request;
  terms: RequestTerms;
}

/** When and what is paid, what delays it, what happens on failure; the rest of the terms. */
export function Rules({ request, terms }: Props) {
  return (
    <div className="flex flex-col gap-6">
      <Clause terms={terms} />
      <Pay request={request} terms={terms} />
      <Steps terms={terms} />
      <Rest terms={terms} />
    </div>
  );
}

function Clause({ terms }: { terms: RequestTerms }) {
  const { t } = useTranslation("market");
  const { share, number } = useFormat();
  const { metric = "", threshold = 0, confidence = 0, minEvidence = 0, schedule = [] } = terms.clause ?? {};
  return (
    <Section title={t("clause.title")} lead={t("clause.lead")}>
      <Card className="flex flex-col gap-3">
        <p className="text-lg">
          {t("clause.words", {
            metric: t(`clause.metric.${metric}`, { defaultValue: metric }),
            threshold: share(threshold),
            confidence: share(confidence),
          })}
        </p>
        <p className="text-muted">{t("clause.evidence", { count: minEvidence })}</p>
        <p className="font-medium">{t("clause.fails")}</p>
        <ul className="flex list-disc flex-col gap-1 ps-5">
          {schedule.map((step) => (
            <li key={step.shortfall}>{t("clause.step", { shortfall: number(step.shortfall / 1e4), pay: share(step.pay) })}</li>
          ))}
          <li>{schedule.length > 0 ? t("clause.beyond") : t("clause.nothing")}</li>
        </ul>
      </Card>
    </Section>
  );
}

function Pay({ request, terms }: Props) {
  const { t } = useTranslation("market");
  const { duration, number } = useFormat();
  const review = duration(Number(terms.windows?.review ?? 0n));
  const contest = duration(Number(terms.windows?.contest ?? 0n));
  return (
    <Section title={t("pay.title")}>
      <ul className="flex flex-col gap-3">
        <Rule icon="coins" title={t("pay.what")}>{t("pay.whatText")}</Rule>
        <Rule icon="clock" title={t("pay.when")}>{t("pay.whenText", { review })}</Rule>
        <Rule icon="flag" title={t("pay.delay")}>{t("pay.delayText", { contest })}</Rule>
        <Rule icon="shield" title={t("pay.safe")}>{t("pay.safeText", { budget: number(request.fee_bps / 100) })}</Rule>
        <Rule icon="alert" title={t("pay.lose")}>
          {request.stake === "0" ? t("pay.noStake") : <Trans t={t} i18nKey="pay.loseText" components={{ stake: <Amount ualy={request.stake} /> }} />}
        </Rule>
      </ul>
    </Section>
  );
}

function Rule({ icon, title, children }: { icon: IconName; title: string; children: ReactNode }) {
  return (
    <li className="flex gap-3">
      <Icon name={icon} className="mt-0.5 text-lg text-accent" />
      <div>
        <p className="font-medium">{title}</p>
        <p className="max-w-prose text-muted">{children}</p>
      </div>
    </li>
  );
}

function Steps({ terms }: { terms: RequestTerms }) {
  const { t } = useTranslation("market");
  const steps = timeline(terms);
  return (
    <Section title={t("steps.title")} lead={t("steps.lead")}>
      <ol className="grid gap-0 sm:auto-cols-fr sm:grid-flow-col">
        {steps.map((step, i) => (
          <li key={step.name} className="relative flex gap-3 pb-5 sm:flex-col sm:gap-2 sm:pe-2 sm:pb-0">
            {i < steps.length - 1 && (
              <span aria-hidden="true" className="absolute start-3 top-6 bottom-0 w-px bg-line-strong sm:start-6 sm:end-0 sm:top-3 sm:bottom-auto sm:h-px sm:w-auto" />
            )}
            <span aria-hidden="true" className="z-1 flex size-6 shrink-0 items-center justify-center rounded-full bg-accent text-sm font-semibold text-accent-ink">{i + 1}</span>
            <div>
              <p className="text-sm font-medium">{t(`steps.${step.name}`)}</p>
              <p className="text-sm text-muted"><Length of={step} /></p>
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Length({ of: { ms, until } }: { of: Moment }) {
  const { t } = useTranslation("market");
  const { duration } = useFormat();
  if (until !== undefined) return <Time at={until} />;
  return ms === undefined ? null : t("steps.upTo", { time: duration(ms) });
}

function Rest({ terms }: { terms: RequestTerms }) {
  const { t } = useTranslation("market");
  const { share, number } = useFormat();
  const { min = 0, max = 0, target = 0 } = terms.redundancy ?? {};
  const gold = terms.gold?.count ?? 0;
  return (
    <Section title={t("rest.title")}>
      <Card>
        <Facts>
          <Fact label={t("rest.answers")}>{t("rest.answersText", { min: number(min), max: number(max), target: share(target) })}</Fact>
          <Fact label={t("rest.gold")}>{gold > 0 ? t("rest.goldText", { count: gold }) : t("rest.none")}</Fact>
          <Wanted terms={terms} />
          {terms.milestones.length > 0 && <Milestones terms={terms} />}
          <Fact label={t("rest.matching")}>{terms.matching === Matching.AUTO ? t("rest.auto") : t("rest.manual")}</Fact>
          <Fact label={t("rest.licence")}>{terms.licence || t("rest.none")}</Fact>
          {terms.policy && <Fact label={t("rest.policy")}><span dir="auto">{terms.policy}</span></Fact>}
          <Fact label={t("rest.share")}>{terms.contributorShare ? share(terms.contributorShare) : t("rest.none")}</Fact>
        </Facts>
      </Card>
    </Section>
  );
}

/** What a bidder must show. */
function Wanted({ terms }: { terms: RequestTerms }) {
  const { t } = useTranslation("market");
  const { share, language, list } = useFormat();
  const { languages = [], score = 0 } = terms.qualification ?? {};
  return (
    <>
      {languages.length > 0 && <Fact label={t("rest.languages")}>{list(languages.map(language))}</Fact>}
      {score > 0 && <Fact label={t("rest.score")}>{share(score)}</Fact>}
    </>
  );
}

function Milestones({ terms }: { terms: RequestTerms }) {
  const { t } = useTranslation("market");
  return (
    <Fact label={t("rest.milestones")}>
      <ol>
        {terms.milestones.map((m) => (
          <li key={m.title}>
            <span dir="auto">{m.title}</span> – {t("rest.pages", { count: m.pages })}, <Time at={Number(m.due)} absolute />
          </li>
        ))}
      </ol>
    </Fact>
  );
}
