import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { MsgContributeSchema } from "@gen/proto/alaya/model/v1/tx_pb";
import { encode, type ModelDetail } from "@/api/model";
import { Amount, Button, Card, ErrorNote, Field, Note, Select, TextInput, toast } from "@/design";
import { message, useSend } from "@/wallet";
import { Cells, classesOf } from "./Cells";

/** Gives the model one labelled item. */
export function Teach({ model }: { model: ModelDetail }) {
  const { t } = useTranslation("models");
  const sealed = Number((model.terms as { commit_window?: string | number }).commit_window ?? 0) > 0;
  if (model.state !== "live") return <Note tone="warn" title={t("teach.closed")} />;
  if (model.incentive === "bounty" || sealed) {
    return (
      <Note title={t(sealed ? "teach.sealed" : "teach.market")}>
        <code dir="ltr">{sealed ? `alaya model contribute ${model.id} items.tsv` : `alaya model market join ${model.id} items.tsv`}</code>
      </Note>
    );
  }
  return <Form model={model} />;
}

function Form({ model }: { model: ModelDetail }) {
  const { t } = useTranslation("models");
  const send = useSend();
  const client = useQueryClient();
  const classes = classesOf(model);
  const [cells, setCells] = useState<string[]>([]);
  const [label, setLabel] = useState(classes[0] ?? "");
  const given = useMutation({
    mutationFn: async () => {
      const item = await encode(model.id, model.fields.map((_, i) => cells[i] ?? ""), label);
      const input = { indices: item.indices, values: item.values.map(BigInt) };
      const offers = [{ input, label: BigInt(item.label) }];
      return send([message(MsgContributeSchema, { model: model.id, offers, maxDeposit: BigInt(model.next_deposit) * 2n })]);
    },
    onSuccess: () => {
      setCells([]);
      toast({ tone: "good", title: t("teach.done") });
      void client.invalidateQueries({ queryKey: [`/models/${model.id}`] });
    },
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    given.mutate();
  };
  return (
    <Card className="max-w-2xl">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <p className="text-muted">{t(`teach.${model.incentive}`)}</p>
        <Cells model={model} cells={cells} onChange={setCells} />
        <Field label={t("teach.label")} required>
          {classes.length > 0 ? (
            <Select value={label} onChange={(e) => setLabel(e.target.value)}>
              {classes.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
          ) : (
            <TextInput inputMode="decimal" value={label} onChange={(e) => setLabel(e.target.value)} />
          )}
        </Field>
        {model.incentive === "deposit" && (
          <p>
            {t("deposit")} <Amount ualy={model.next_deposit} />
          </p>
        )}
        {given.isError && <ErrorNote error={given.error} />}
        <div>
          <Button look="primary" type="submit" busy={given.isPending}>
            {t("teach.do")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
