import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { accountQuery } from "@/api/account";
import { Address, Amount, Badge, Button, Card, Dialog, Field, Note, Page, RadioGroup, Section, TextInput, useStore } from "@/design";
import { ChangePassphrase, ShowPhrase, UnlockDialog } from "./dialogs";
import { GetAccount } from "./GetAccount";
import { forget, lock, lockAfter, lockChoices, setLockAfter } from "./session";
import { activate, addAccount, dropAccount, useAccount, wallet, type Account } from "./state";

/** The accounts of this browser: begin, use, name, export, remove; when keys lock. */
export function AccountsPage() {
  const { t } = useTranslation("wallet");
  const { accounts, unlocked } = useStore(wallet);
  const [adding, setAdding] = useState(false);
  if (accounts.length === 0) {
    return (
      <Page title={t("begin.title")} lead={t("begin.lead")}>
        <div className="max-w-xl">
          <GetAccount onDone={() => undefined} />
        </div>
        <div className="max-w-xl">
          <Note title={t("begin.whereTitle")}>{t("begin.where")}</Note>
        </div>
      </Page>
    );
  }
  return (
    <Page
      title={t("accounts")}
      lead={t("lead")}
      actions={
        <Button look="primary" icon="plus" onClick={() => setAdding(true)}>
          {t("add")}
        </Button>
      }
    >
      <ul className="grid gap-3 md:grid-cols-2">
        {accounts.map((account) => (
          <One key={account.address} account={account} />
        ))}
      </ul>
      {accounts.some((a) => a.kind === "sealed") && <Keys unlocked={unlocked} />}
      <Dialog open={adding} onOpenChange={setAdding} title={t("add")} wide>
        <GetAccount onDone={() => setAdding(false)} />
      </Dialog>
    </Page>
  );
}

const tones = { sealed: "good", sample: "warn", keplr: "info" } as const;

function One({ account }: { account: Account }) {
  const { t } = useTranslation("wallet");
  const mine = useAccount()?.address === account.address;
  const state = useQuery(accountQuery(account.address)).data;
  const [open, setOpen] = useState<"phrase" | "rename" | "remove">();
  const close = () => setOpen(undefined);
  return (
    <Card as="li" className={`flex flex-col gap-2 ${mine ? "ring-2 ring-accent" : ""}`}>
      <div className="flex flex-wrap items-center gap-2">
        <bdi className="text-lg font-semibold">{account.name || t("unnamed")}</bdi>
        <Badge tone={tones[account.kind]}>{t(`kind.${account.kind}`)}</Badge>
        {mine && <Badge tone="accent" icon="check">{t("inUse")}</Badge>}
      </div>
      <Address of={account.address} to={`/explorer/parties/${account.address}`} />
      <p className="text-lg tabular-nums">{state ? <Amount ualy={state.balance} /> : "…"}</p>
      {state && !state.exists && <p className="text-sm text-muted">{t("notYet")}</p>}
      <div className="mt-1 flex flex-wrap gap-2">
        {!mine && <Button look="primary" onClick={() => activate(account.address)}>{t("use")}</Button>}
        <Button icon="edit" onClick={() => setOpen("rename")}>{t("rename")}</Button>
        {account.kind === "sealed" && <Button icon="eye" onClick={() => setOpen("phrase")}>{t("phrase.title")}</Button>}
        <Button look="quiet" icon="trash" onClick={() => setOpen("remove")}>{t("remove.title")}</Button>
      </div>
      <ShowPhrase account={account} open={open === "phrase"} onClose={close} />
      {open === "rename" && <Rename account={account} onClose={close} />}
      <Remove account={account} open={open === "remove"} onClose={close} />
    </Card>
  );
}

function Rename({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation("wallet");
  const [name, setName] = useState(account.name);
  return (
    <Dialog open onOpenChange={onClose} title={t("rename")}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(e) => {
          e.preventDefault();
          addAccount({ ...account, name: name.trim() });
          onClose();
        }}
      >
        <Field label={t("name")} hint={t("nameHint")} plain>
          <TextInput maxLength={40} value={name} onChange={(e) => setName(e.target.value)} />
        </Field>
        <Button type="submit" look="primary" className="self-end">{t("save")}</Button>
      </form>
    </Dialog>
  );
}

function Remove({ account, open, onClose }: { account: Account; open: boolean; onClose: () => void }) {
  const { t } = useTranslation("wallet");
  const remove = async () => {
    if (account.kind === "sealed") await forget(account.address);
    dropAccount(account.address);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={t("remove.ask", { name: account.name || account.address })}
      actions={
        <>
          <Button onClick={onClose}>{t("send.cancel")}</Button>
          <Button look="danger" icon="trash" onClick={() => void remove()}>{t("remove.title")}</Button>
        </>
      }
    >
      <p>{t(account.kind === "sealed" ? "remove.sealed" : "remove.other")}</p>
    </Dialog>
  );
}

function Keys({ unlocked }: { unlocked: boolean }) {
  const { t } = useTranslation("wallet");
  const [minutes, setMinutes] = useState(String(lockAfter()));
  const [open, setOpen] = useState<"unlock" | "change">();
  return (
    <Section title={t("keys.title")} lead={t("keys.lead")}>
      <div className="flex flex-wrap gap-2">
        {unlocked ? (
          <Button icon="lock" onClick={lock}>{t("lock")}</Button>
        ) : (
          <Button icon="unlock" onClick={() => setOpen("unlock")}>{t("unlock")}</Button>
        )}
        <Button icon="key" onClick={() => setOpen("change")}>{t("change.title")}</Button>
      </div>
      <RadioGroup
        inline
        label={t("keys.after")}
        value={minutes}
        options={lockChoices.map((m) => ({ value: String(m), label: t("keys.minutes", { count: m }) }))}
        onChange={(value) => {
          setMinutes(value);
          setLockAfter(Number(value));
        }}
      />
      <UnlockDialog open={open === "unlock"} onClose={() => setOpen(undefined)} />
      {open === "change" && <ChangePassphrase onClose={() => setOpen(undefined)} />}
    </Section>
  );
}
