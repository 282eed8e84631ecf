import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { predict, type ModelDetail, type Prediction } from "@/api/model";
import { Button, Card, ErrorNote, Fact, Facts, Meter, useFormat } from "@/design";
import { Cells, classesOf } from "./Cells";

/** Asks the model for one item; free, and nothing is kept. */
export function Ask({ model }: { model: ModelDetail }) {
  const { t } = useTranslation("models");
  const [cells, setCells] = useState<string[]>([]);
  const asked = useMutation({ mutationFn: () => predict(model.id, model.fields.map((_, i) => cells[i] ?? "")) });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    asked.mutate();
  };
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <Card>
        <form onSubmit={submit} className="flex flex-col gap-4">
          <p className="text-muted">{t("ask.lead")}</p>
          <Cells model={model} cells={cells} onChange={setCells} />
          <div>
            <Button look="primary" type="submit" busy={asked.isPending}>
              {t("ask.do")}
            </Button>
          </div>
        </form>
      </Card>
      <div role="status" className="flex flex-col gap-4">
        {asked.isError && <ErrorNote error={asked.error} />}
        {asked.data && <Answer of={asked.data} model={model} />}
      </div>
    </div>
  );
}

function Answer({ of, model }: { of: Prediction; model: ModelDetail }) {
  const { t } = useTranslation("models");
  const { number } = useFormat();
  const classes = classesOf(model);
  const low = Math.min(...of.scores);
  const span = Math.max(...of.scores) - low || 1;
  return (
    <Card className="flex flex-col gap-4">
      <p className="text-sm text-muted">{t("ask.says")}</p>
      <p className="text-2xl font-semibold">
        <bdi>{of.label}</bdi>
      </p>
      {classes.length > 1 && (
        <ul className="flex flex-col gap-2">
          {classes.map((name, i) => (
            <li key={name}>
              <bdi className={i === of.class ? "font-medium" : "text-muted"}>{name}</bdi>
              <Meter label={name} value={(of.scores[i] ?? low) - low} max={span} text={number(of.scores[i] ?? 0)} />
            </li>
          ))}
        </ul>
      )}
      <Facts>
        <Fact label={t("ask.margin")}>{number(of.margin)}</Fact>
        <Fact label={t("ask.state")}>{t("ask.stateOf", { entry: number(of.entry), height: number(of.height) })}</Fact>
        <Fact label={t("about.root")}>
          <bdi className="font-mono text-[0.9em] break-all">{of.root}</bdi>
        </Fact>
      </Facts>
      <p className="text-sm text-muted">
        {t("ask.prove")} <code dir="ltr">alaya model predict {model.id} --prove</code>
      </p>
    </Card>
  );
}
