import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { myRequestsQuery } from "@/api/desk";
import { useEvents } from "@/api/events";
import { requestQuery, workQuery } from "@/api/market";
import type { Card as RequestCardData, Step } from "@/api/types";
import { Amount, Badge, Card, Countdown, EmptyState, Icon, LinkButton, Loaded, Loading, Meter, Page, Pager, Section, Time, useFormat, useNow } from "@/design";
import { iconOf, urgency } from "@/home/steps";
import { stateTones } from "@/market/RequestCard";
import { useAccount } from "@/wallet";
import { Drafts } from "./Drafts";

const duties: readonly Step["kind"][] = ["award", "close_round", "reveal_gold", "review", "revise"];

/** Which part of a request's page a duty is done on. */
const tabs: Partial<Record<Step["kind"], string>> = { award: "bids", review: "review", revise: "guidelines" };

/** A requester's desk: what needs him now, his requests, drafts begun. */
export function DeskPage() {
  const { t } = useTranslation("desk");
  const account = useAccount();
  return (
    <Page title={t("title")} lead={t("lead")} actions={<LinkButton to="/desk/new?fresh=1" look="primary" icon="plus">{t("new")}</LinkButton>}>
      <Drafts />
      {account ? <Desk address={account.address} /> : (
        <EmptyState icon="account" title={t("noAccount")} action={<LinkButton to="/wallet" look="primary">{t("getAccount")}</LinkButton>}>{t("noAccountText")}</EmptyState>
      )}
    </Page>
  );
}

function Desk({ address }: { address: string }) {
  const { t } = useTranslation("desk");
  const work = useQuery(workQuery(address));
  const posted = useInfiniteQuery(myRequestsQuery(address)).data?.pages.flatMap((p) => p.items.map((r) => r.id)) ?? [];
  const mine = { invalidate: [[`/parties/${address}/work`], ["/requests"], ...posted.map((id) => [`/requests/${id}`])] };
  useEvents({ party: address }, mine);
  // Bids and rounds of a request do not name its requester.
  useEvents({ request: posted }, mine);
  return (
    <>
      <Section title={t("now.title")}>
        <Loaded query={work} lines={2}>{({ next_steps }) => <Now steps={next_steps.filter((s) => duties.includes(s.kind))} />}</Loaded>
      </Section>
      <Section title={t("mine")}><Mine address={address} /></Section>
    </>
  );
}

const tones = { now: "bad", soon: "warn", later: "plain" } as const;

function Now({ steps }: { steps: Step[] }) {
  const { t } = useTranslation(["desk", "home"]);
  const now = useNow(10_000);
  if (steps.length === 0) return <Card className="text-muted">{t("now.none")}</Card>;
  return (
    <ul className="flex flex-col gap-2">
      {steps.map((step) => {
        const level = urgency(step, now);
        const tab = tabs[step.kind];
        return (
          <Card as="li" key={`${step.kind} ${step.request} ${step.round}`} className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <Icon name={iconOf[step.kind]} className="text-xl text-accent" />
            <div className="min-w-0 grow basis-60">
              <p className="font-medium">{t(`home:step.${step.kind}.title`)}</p>
              <p dir="auto" className="truncate text-muted">{step.title}</p>
            </div>
            {step.due > 0 && <Badge tone={tones[level]} icon="clock">{level === "now" ? <Countdown until={step.due} /> : <Time at={step.due} />}</Badge>}
            <LinkButton look="primary" to={`/desk/requests/${step.request}${tab ? `?tab=${tab}` : ""}`}>{t(`home:step.${step.kind}.do`)}</LinkButton>
          </Card>
        );
      })}
    </ul>
  );
}

function Mine({ address }: { address: string }) {
  const { t } = useTranslation("desk");
  const query = useInfiniteQuery(myRequestsQuery(address));
  if (!query.data) return <Loading lines={6} />;
  const cards = query.data.pages.flatMap((p) => p.items);
  if (cards.length === 0) {
    return <EmptyState icon="requests" title={t("none.title")} action={<LinkButton to="/desk/new?fresh=1" look="primary" icon="plus">{t("new")}</LinkButton>}>{t("none.text")}</EmptyState>;
  }
  return (
    <>
      <ul className="grid gap-3 lg:grid-cols-2">{cards.map((card) => <Row key={card.id} card={card} />)}</ul>
      <Pager query={query} />
    </>
  );
}

function Row({ card }: { card: RequestCardData }) {
  const { t } = useTranslation(["desk", "market"]);
  const { number, share, aly } = useFormat();
  const money = useQuery(requestQuery(card.id)).data?.money;
  const spent = money ? BigInt(money.paid) + BigInt(money.pending) : 0n;
  return (
    <Card as="li" className="relative flex flex-col gap-3 hover:border-accent">
      <div className="flex items-start justify-between gap-3">
        <h3 dir="auto" className="font-semibold">
          <Link to={`/desk/requests/${card.id}`} className="text-ink no-underline after:absolute after:inset-0 after:rounded-xl hover:underline">{card.title}</Link>
        </h3>
        <Badge tone={stateTones[card.state]}>{t(`market:state.${card.state}`)}</Badge>
      </div>
      <Bar label={t("market:progress")} value={card.progress_ppm} max={1_000_000} text={share(card.progress_ppm, 0)} />
      <Bar label={t("spent")} value={Number(spent)} max={Math.max(1, Number(card.budget))} text={t("spentOf", { spent: aly(spent.toString(), 2), budget: aly(card.budget, 2) })} />
      <p className="flex flex-wrap gap-x-4 text-sm text-muted">
        <span>{t("items", { n: number(card.items), count: card.items })}</span>
        <span>{t("bidCount", { count: card.bids })}</span>
        <span>{t("rosterCount", { count: card.roster })}</span>
        <span><Amount ualy={card.price_cap} /> {t("each")}</span>
        <Time at={card.posted_at} />
      </p>
    </Card>
  );
}

function Bar({ label, value, max, text }: { label: string; value: number; max: number; text: string }) {
  return (
    <div>
      <div className="flex justify-between gap-3 text-sm text-muted"><span>{label}</span><span className="tabular-nums">{text}</span></div>
      <Meter label={label} value={value} max={max} text={text} />
    </div>
  );
}
