import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Card as RequestCardData } from "@/api/types";
import { Amount, Badge, Card, Icon, Meter, Ppm, Time, useFormat, type IconName, type Tone } from "@/design";
import { short } from "@/design/format";

const icons: Partial<Record<RequestCardData["modality"], IconName>> = { image: "eye", audio: "play", video: "play", text: "requests", dialogue: "requests" };

export const stateTones: Record<RequestCardData["state"], Tone> = {
  open: "good", matched: "info", working: "info", settling: "warn", closed: "plain", cancelled: "plain", expired: "plain",
};

/** A request in a list: what it is, what it pays, how long it takes, whom it is for. */
export function RequestCard({ card }: { card: RequestCardData }) {
  const { t } = useTranslation("market");
  return (
    <Card as="li" className="relative flex flex-col gap-3 hover:border-accent sm:flex-row sm:gap-6">
      <div className="flex min-w-0 grow flex-col gap-2">
        <h3 className="text-lg leading-snug font-semibold">
          <Link to={`/requests/${card.id}`} className="text-ink no-underline after:absolute after:inset-0 after:rounded-xl hover:underline">
            <bdi>{card.title}</bdi>
          </Link>
        </h3>
        {card.summary && (
          <p dir="auto" className="line-clamp-2 text-muted">
            {card.summary}
          </p>
        )}
        <Tags card={card} />
        <Standing card={card} />
        {card.state !== "open" && card.progress_ppm > 0 && (
          <div className="flex items-center gap-3 text-sm text-muted">
            <div className="grow"><Meter label={t("progress")} value={card.progress_ppm} /></div>
            <Ppm value={card.progress_ppm} digits={0} />
          </div>
        )}
      </div>
      <Terms card={card} />
    </Card>
  );
}

function Tags({ card }: { card: RequestCardData }) {
  const { t } = useTranslation("market");
  const { language } = useFormat();
  return (
    <div className="flex flex-wrap gap-1.5">
      {card.state !== "open" && <Badge tone={stateTones[card.state]}>{t(`state.${card.state}`)}</Badge>}
      {card.modality && <Badge icon={icons[card.modality] ?? "dataset"}>{t(`modality.${card.modality}`)}</Badge>}
      {card.answer_types.map((type) => (
        <Badge key={type}>{t(`answer.${type}`)}</Badge>
      ))}
      <Badge icon="star">{card.skill}</Badge>
      {card.languages.map((tag) => (
        <Badge key={tag} icon="language">{language(tag)}</Badge>
      ))}
      {card.min_score_ppm > 0 && (
        <Badge tone="warn" icon="shield">
          <span>{t("needsScore")} <Ppm value={card.min_score_ppm} digits={0} /></span>
        </Badge>
      )}
      {card.invited && <Badge tone="warn" icon="lock">{t("invitedOnly")}</Badge>}
    </div>
  );
}

/** Who asks, and how he has treated others. */
export function Standing({ card }: { card: Pick<RequestCardData, "requester" | "requester_standing"> }) {
  const { t } = useTranslation("market");
  const { name, requests, overturned_ppm, contested } = card.requester_standing;
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
      <span className="inline-flex items-center gap-1">
        <Icon name="account" />
        <bdi>{name || short(card.requester)}</bdi>
      </span>
      <span>{t("requests", { count: requests })}</span>
      <span className={overturned_ppm > 100_000 ? "font-medium text-bad" : ""}>
        {contested === 0 ? t("neverContested") : <>{t("overturned")} <Ppm value={overturned_ppm} digits={0} /></>}
      </span>
    </p>
  );
}

function Terms({ card }: { card: RequestCardData }) {
  const { t } = useTranslation("market");
  const { number, duration } = useFormat();
  return (
    <dl className="grid shrink-0 grid-cols-2 content-start gap-x-6 gap-y-1.5 sm:w-60 sm:grid-cols-1 sm:border-s sm:border-line sm:ps-5">
      <Term label={t("perAnswer")} strong>
        <Amount ualy={card.price_cap} />
      </Term>
      <Term label={t("perHour")} strong>
        {card.hourly_estimate === "0" ? "–" : <>≈ <Amount ualy={card.hourly_estimate} digits={2} /></>}
      </Term>
      <Term label={t("perPage")}>{card.commitment_ms > 0 ? duration(card.commitment_ms) : "–"}</Term>
      <Term label={t("items")}>{number(card.items)}</Term>
      <Term label={card.state === "open" ? t("bidsClose") : t("delivery")}>
        <Time at={card.state === "open" ? card.bid_deadline : card.delivery_deadline} />
      </Term>
    </dl>
  );
}

function Term({ label, strong, children }: { label: string; strong?: boolean; children: ReactNode }) {
  return (
    <div className="sm:flex sm:items-baseline sm:justify-between sm:gap-x-3">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className={`tabular-nums ${strong ? "font-semibold" : ""}`}>{children}</dd>
    </div>
  );
}
