import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { useTranslation } from "react-i18next";
import { forecastQuery } from "@/api/desk";
import { Amount, AmountInput, Button, Card, Chart, ErrorNote, Fact, Facts, Field, Note, NumberInput, RadioGroup, Section, TextArea, TextInput, useFormat } from "@/design";
import { itemsOf, windows, type Draft, type Offer } from "./draft";
import { budgetRange, forecastOf, hourlyOf, priceFor } from "./pay";
import type { StepProps } from "./step";

const hour = 3_600_000;

/** What is demanded and offered: clause, answers, money, time, people. */
export function TermsStep({ draft, change }: StepProps) {
  const set = (part: Partial<Offer>) => change((d) => ({ offer: { ...d.offer, ...part } }));
  const items = itemsOf(draft).length;
  const props = { offer: draft.offer, set };
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[1fr_22rem]">
      <div className="flex min-w-0 flex-col gap-8">
        <About {...{ draft, change }} />
        <Quality {...props} />
        <Pay {...props} {...{ draft, change, items }} />
        <Times {...props} />
        <People {...props} />
        <Use {...props} />
      </div>
      <Outlook draft={draft} items={items} change={change} />
    </div>
  );
}

interface Props {
  offer: Offer;
  set: (part: Partial<Offer>) => void;
}

const words = (text: string) => text.split(",").map((s) => s.trim()).filter(Boolean);

function About({ draft, change }: StepProps) {
  const { t } = useTranslation("wizard");
  return (
    <Section title={t("about.title")}>
      <Field label={t("about.name")} required><TextInput value={draft.title} maxLength={200} onChange={(e) => change({ title: e.target.value })} /></Field>
      <Field label={t("about.summary")}><TextArea rows={3} value={draft.summary} maxLength={4000} onChange={(e) => change({ summary: e.target.value })} /></Field>
      <Field label={t("about.tags")} hint={t("about.tagsHint")}><TextInput defaultValue={draft.tags.join(", ")} onBlur={(e) => change({ tags: words(e.target.value.toLowerCase()) })} /></Field>
    </Section>
  );
}

/** A share typed in percent. */
function Percent({ label, hint, value, onChange }: { label: string; hint?: string; value: number; onChange: (ppm: number) => void }) {
  return (
    <Field label={`${label} (%)`} hint={hint} required>
      <NumberInput min={0} max={100} step="any" value={value / 1e4} onChange={(n) => n !== undefined && onChange(Math.min(1e6, Math.max(0, Math.round(n * 1e4))))} />
    </Field>
  );
}

function Whole({ label, hint, value, max, onChange }: { label: string; hint?: string; value: number; max?: number; onChange: (n: number) => void }) {
  return (
    <Field label={label} hint={hint} required>
      <NumberInput min={1} max={max} step={1} value={value} onChange={(n) => n !== undefined && onChange(Math.max(1, Math.round(n)))} />
    </Field>
  );
}

const grid = "grid items-end gap-4 sm:grid-cols-2 xl:grid-cols-3";

function Quality({ offer: o, set }: Props) {
  const { t } = useTranslation("wizard");
  const fair = [{ shortfall: 50_000, pay: 900_000 }, { shortfall: 150_000, pay: 500_000 }];
  return (
    <Section title={t("clause.title")} lead={t("clause.lead")}>
      <div className={grid}>
        <Percent label={t("clause.threshold")} value={o.threshold} onChange={(threshold) => set({ threshold })} />
        <Percent label={t("clause.confidence")} value={o.confidence} onChange={(confidence) => set({ confidence })} />
        <Whole label={t("clause.evidence")} hint={t("clause.evidenceHint")} value={o.minEvidence} onChange={(minEvidence) => set({ minEvidence })} />
        <Whole label={t("answers.min")} value={o.min} max={100} onChange={(min) => set({ min, max: Math.max(min, o.max) })} />
        <Whole label={t("answers.max")} value={o.max} max={100} onChange={(max) => set({ max })} />
        <Whole label={t("answers.step")} hint={t("answers.stepHint")} value={o.step} max={100} onChange={(step) => set({ step })} />
        <Percent label={t("answers.target")} hint={t("answers.targetHint")} value={o.target} onChange={(target) => set({ target })} />
        <Whole label={t("answers.page")} hint={t("answers.pageHint")} value={o.page} max={1000} onChange={(page) => set({ page })} />
      </div>
      <RadioGroup
        label={t("schedule.title")}
        hint={t("schedule.hint")}
        value={o.schedule.length > 0 ? "fair" : "none"}
        onChange={(v) => set({ schedule: v === "fair" ? fair : [] })}
        options={[{ value: "fair", label: t("schedule.fair") }, { value: "none", label: t("schedule.none") }]}
      />
    </Section>
  );
}

function Pay({ offer: o, set, draft, change, items }: Props & StepProps & { items: number }) {
  const { t } = useTranslation("wizard");
  const { aly } = useFormat();
  const { guess } = draft;
  const hourly = hourlyOf(o.price, guess.ms);
  const low = hourly < BigInt(guess.floor);
  const range = budgetRange(items, o);
  const budget = BigInt(o.budget);
  return (
    <Section title={t("pay.title")}>
      <div className={grid}>
        <Field label={t("pay.price")} required><AmountInput value={o.price} onChange={(price) => price !== undefined && set({ price })} /></Field>
        <Field label={t("pay.seconds")} hint={t("pay.secondsHint")} required>
          <NumberInput min={0.1} step="any" value={guess.ms / 1000} onChange={(s) => s !== undefined && s > 0 && change({ guess: { ...guess, ms: Math.round(s * 1000) } })} />
        </Field>
        <Field label={t("pay.floor")} hint={t("pay.floorHint")} required><AmountInput value={guess.floor} onChange={(floor) => floor !== undefined && change({ guess: { ...guess, floor } })} /></Field>
      </div>
      <div aria-live="polite" className="flex flex-col gap-3">
        <p>{t("pay.hourly", { hourly: aly(hourly.toString(), 2) })}</p>
        {low && (
          <Note tone="warn" title={t("pay.low")}>
            <Button className="mt-1" onClick={() => set({ price: priceFor(guess.floor, guess.ms).toString() })}>{t("pay.raise", { price: aly(priceFor(guess.floor, guess.ms).toString()) })}</Button>
          </Note>
        )}
      </div>
      <div className={grid}>
        <Field label={t("pay.budget")} hint={t("pay.budgetHint", { low: aly(range.low.toString(), 2), high: aly(range.high.toString(), 2) })} error={budget > 0n && budget < range.low && t("pay.short")} required>
          <AmountInput value={o.budget} onChange={(b) => b !== undefined && set({ budget: b })} />
        </Field>
        <Field label={t("pay.stake")} hint={t("pay.stakeHint")} plain><AmountInput value={o.stake} onChange={(stake) => stake !== undefined && set({ stake })} /></Field>
        <Field label={t("pay.deposit")} hint={t("pay.depositHint")} plain><AmountInput value={o.deposit} onChange={(deposit) => deposit !== undefined && set({ deposit })} /></Field>
      </div>
    </Section>
  );
}

function Hours({ label, value, onChange }: { label: string; value: number; onChange: (ms: number) => void }) {
  return (
    <Field label={label} required>
      <NumberInput min={0} step="any" value={value / hour} onChange={(h) => h !== undefined && h > 0 && onChange(Math.round((h * hour) / 1000) * 1000)} />
    </Field>
  );
}

function Times({ offer: o, set }: Props) {
  const { t } = useTranslation("wizard");
  return (
    <Section title={t("times.title")} lead={t("times.lead")}>
      <div className={grid}>
        <Hours label={t("times.bids")} value={o.bidsUntil} onChange={(bidsUntil) => set({ bidsUntil })} />
        <Hours label={t("times.deliver")} value={o.deliverBy} onChange={(deliverBy) => set({ deliverBy })} />
      </div>
      <details>
        <summary className="min-h-6 cursor-pointer font-medium">{t("times.windows")}</summary>
        <div className={`${grid} mt-3`}>
          {windows.map((w) => <Hours key={w} label={t(`window.${w}`)} value={o.windows[w]} onChange={(ms) => set({ windows: { ...o.windows, [w]: ms } })} />)}
        </div>
      </details>
    </Section>
  );
}

function People({ offer: o, set }: Props) {
  const { t } = useTranslation("wizard");
  return (
    <Section title={t("people.title")}>
      <div className={grid}>
        <Percent label={t("people.score")} hint={t("people.scoreHint")} value={o.score} onChange={(score) => set({ score })} />
        <Field label={t("people.skill")} hint={t("people.skillHint")}><TextInput value={o.skill} maxLength={64} onChange={(e) => set({ skill: e.target.value.trim().toLowerCase() })} /></Field>
        <Field label={t("people.languages")} hint={t("people.languagesHint")}><TextInput defaultValue={o.languages.join(", ")} onBlur={(e) => set({ languages: words(e.target.value) })} /></Field>
      </div>
      <Field label={t("people.invited")} hint={t("people.invitedHint")}><TextArea dir="ltr" rows={2} defaultValue={o.invited.join("\n")} onBlur={(e) => set({ invited: e.target.value.split(/\s+/).filter(Boolean) })} /></Field>
      <RadioGroup
        label={t("match.title")}
        value={o.matching}
        onChange={(matching) => set({ matching })}
        options={[{ value: "manual", label: t("match.manual"), hint: t("match.manualHint") }, { value: "auto", label: t("match.auto"), hint: t("match.autoHint") }]}
      />
    </Section>
  );
}

function Use({ offer: o, set }: Props) {
  const { t } = useTranslation("wizard");
  return (
    <Section title={t("use.title")}>
      <div className={grid}>
        <Field label={t("use.licence")} hint={t("use.licenceHint")} required><TextInput value={o.licence} maxLength={200} onChange={(e) => set({ licence: e.target.value })} /></Field>
        <Percent label={t("use.share")} hint={t("use.shareHint")} value={o.share} onChange={(share) => set({ share })} />
      </div>
      <Field label={t("use.policy")}><TextInput value={o.policy} maxLength={4000} onChange={(e) => set({ policy: e.target.value })} /></Field>
    </Section>
  );
}

function Outlook({ draft, items, change }: { draft: Draft; items: number; change: StepProps["change"] }) {
  const { t } = useTranslation("wizard");
  const { number, share, duration } = useFormat();
  const asked = useDeferredValue(forecastOf(draft, items));
  const query = useQuery({ ...forecastQuery(asked ?? ({} as never)), enabled: asked !== undefined });
  const { guess } = draft;
  const seen = query.data;
  return (
    <aside aria-label={t("forecast.title")} className="lg:sticky lg:top-20">
      <Card className="flex flex-col gap-4">
        <h2 className="text-lg font-semibold">{t("forecast.title")}</h2>
        <Percent label={t("forecast.accuracy")} value={guess.accuracy} onChange={(accuracy) => change({ guess: { ...guess, accuracy } })} />
        <Whole label={t("forecast.workers")} value={guess.workers} onChange={(workers) => change({ guess: { ...guess, workers } })} />
        {query.error && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {seen && asked && (
          <div aria-live="polite" className="flex flex-col gap-3">
            <Facts>
              <Fact label={t("forecast.cost")}><strong><Amount ualy={seen.cost.mid} digits={2} /></strong></Fact>
              <Fact label={t("forecast.range")}><Amount ualy={seen.cost.low} digits={2} /> – <Amount ualy={seen.cost.high} digits={2} /></Fact>
              <Fact label={t("forecast.fee")}><Amount ualy={seen.fee} digits={2} /></Fact>
              <Fact label={t("forecast.answers")}>{number(seen.answers)}</Fact>
              <Fact label={t("forecast.expected")}><strong className={seen.reaches ? "text-good" : "text-warn"}>{share(seen.expected_accuracy_ppm)}</strong></Fact>
              <Fact label={t("forecast.time")}>≈ {duration(seen.duration_ms)}</Fact>
            </Facts>
            {!seen.reaches && <p className="text-warn">{t("forecast.below", { threshold: share(draft.offer.threshold) })}</p>}
            <Button onClick={() => change((d) => ({ offer: { ...d.offer, budget: seen.cost.mid } }))}>{t("forecast.take")}</Button>
            <Chart
              title={t("forecast.curve")}
              time={false}
              x={seen.curve.map((p) => p.answers)}
              series={[{ label: t("forecast.expected"), values: seen.curve.map((p) => p.accuracy_ppm / 1e4) }]}
              height={160}
            />
          </div>
        )}
      </Card>
    </aside>
  );
}
