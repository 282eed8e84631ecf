import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { samplesQuery, statusQuery } from "@/api/account";
import { Button, Icon, toast, type IconName } from "@/design";
import { CreateAccount } from "./CreateAccount";
import { ImportAccount } from "./ImportAccount";
import { hasKeplr, keplrAccount } from "./keplr";
import { addAccount } from "./state";

/** The ways to an account: make one, bring one, Keplr, or a sample on a chain of one machine. */
export function GetAccount({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("wallet");
  const [way, setWay] = useState<"create" | "import">();
  const status = useQuery(statusQuery).data;
  if (way) {
    return (
      <div className="flex flex-col gap-4">
        <Button look="quiet" icon="previous" className="self-start" onClick={() => setWay(undefined)}>
          {t("otherWays")}
        </Button>
        {way === "create" ? <CreateAccount onDone={onDone} /> : <ImportAccount onDone={onDone} />}
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      <Way icon="plus" title={t("create.title")} text={t("create.text")} onChoose={() => setWay("create")} />
      <Way icon="key" title={t("import.title")} text={t("import.text")} onChoose={() => setWay("import")} />
      {hasKeplr() && status && <KeplrWay chainId={status.chain_id} onDone={onDone} />}
      {status?.local && <Samples onDone={onDone} />}
    </div>
  );
}

function Way({ icon, title, text, onChoose }: { icon: IconName; title: string; text: string; onChoose: () => void }) {
  return (
    <button
      type="button"
      onClick={onChoose}
      className="flex min-h-14 cursor-pointer items-center gap-4 rounded-xl border border-line-strong bg-raised px-4 py-3 text-start hover:border-accent hover:bg-accent-soft"
    >
      <Icon name={icon} className="text-xl text-accent" />
      <span className="grow">
        <span className="block font-medium">{title}</span>
        <span className="block text-sm text-muted">{text}</span>
      </span>
      <Icon name="next" />
    </button>
  );
}

function KeplrWay({ chainId, onDone }: { chainId: string; onDone: () => void }) {
  const { t } = useTranslation("wallet");
  const connect = async () => {
    try {
      const { address, name } = await keplrAccount(chainId);
      addAccount({ address, name, kind: "keplr" });
      onDone();
    } catch (error) {
      toast({ tone: "bad", title: t("keplr.failed"), text: error instanceof Error ? error.message : String(error) });
    }
  };
  return <Way icon="link" title={t("keplr.title")} text={t("keplr.text")} onChoose={() => void connect()} />;
}

function Samples({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("wallet");
  const samples = useQuery(samplesQuery).data;
  if (!samples?.length) return null;
  return (
    <section aria-label={t("samples.title")} className="mt-2">
      <h3 className="font-medium">{t("samples.title")}</h3>
      <p className="mb-2 text-sm text-muted">{t("samples.text")}</p>
      <div className="flex flex-wrap gap-2">
        {samples.map(({ name, role, address }) => (
          <Button
            key={address}
            icon="account"
            onClick={() => {
              addAccount({ address, name, kind: "sample" });
              onDone();
            }}
          >
            <bdi>{name}</bdi>
            {role !== name && <span className="text-muted">{t(`role.${role}`, { defaultValue: role })}</span>}
          </Button>
        ))}
      </div>
    </section>
  );
}
