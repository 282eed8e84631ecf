import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useEvents } from "@/api/events";
import { Button, Note, toast, useStore } from "@/design";
import { useAccount, useSend } from "@/wallet";
import { wallet } from "@/wallet/state";
import { nameOfOpening, type Opening, openings, openingsOf } from "./opening";
import { reveal, world } from "./reveal";

const every = 60_000;

/** Opens what this browser committed to as soon as a round takes that; says so when it needs the key for it. */
export function Revealer() {
  const { t } = useTranslation("console");
  const account = useAccount();
  const { unlocked } = useStore(wallet);
  const address = account?.address ?? "";
  const ready = account !== undefined && (account.kind === "sample" || (account.kind === "sealed" && unlocked));
  const send = useSend();
  const [due, setDue] = useState(0);
  const busy = useRef(false);
  const tried = useRef(new Map<string, number>());

  const run = useCallback(
    async (asked: boolean) => {
      if (busy.current || !address) return;
      busy.current = true;
      try {
        const { opened, left } = await openAll(await openingsOf(address), asked || ready, tried.current, send);
        setDue(left);
        if (opened > 0) toast({ tone: "good", title: t("reveal.done", { count: opened }) });
      } finally {
        busy.current = false;
      }
    },
    [address, ready, send, t],
  );
  useEffect(() => {
    void run(false);
    const timer = window.setInterval(() => void run(false), every);
    return () => window.clearInterval(timer);
  }, [run]);
  useEvents({ stages: ["work"] }, { onEvent: (event) => event.action === "round" && void run(false) });

  if (due === 0 || ready) return null;
  return (
    <div className="mb-4">
      <Note tone="warn" title={t("reveal.due", { count: due })}>
        <p>{t("reveal.why")}</p>
        <Button look="primary" className="mt-2" onClick={() => void run(true)}>
          {t("reveal.now")}
        </Button>
      </Note>
    </div>
  );
}

/** Opens all that can be opened; those the node was given get a minute's grace. */
async function openAll(all: Opening[], ready: boolean, tried: Map<string, number>, send: ReturnType<typeof useSend>) {
  let opened = 0;
  let left = 0;
  const probe = world(send, openings);
  for (const opening of all) {
    const name = nameOfOpening(opening);
    const first = tried.get(name) ?? Date.now();
    const waits = opening.relayed && Date.now() - first < every;
    if (tried.get(name) === Infinity) continue;
    const state = await probe.stateOf(opening.request, opening.round).catch(() => "committing" as const);
    if (state === "revealing") {
      tried.set(name, first);
      if (waits) continue;
      if (!ready) {
        left++;
        continue;
      }
    }
    const result = await reveal(opening, { ...probe, stateOf: () => Promise.resolve(state) }).catch(() => "waits" as const);
    if (result === "revealed") opened++;
    if (result === "failed") tried.set(name, Infinity);
  }
  return { opened, left };
}
