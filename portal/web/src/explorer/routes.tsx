import type { Area } from "@/app/area";

export const area: Area = {
  nav: [{ to: "/explorer", label: "explorer:nav", order: 60, icon: "explorer" }],
  routes: [
    { path: "explorer", lazy: () => import("./Overview").then((m) => ({ Component: m.Overview })) },
    { path: "explorer/blocks/:height", lazy: () => import("./BlockPage").then((m) => ({ Component: m.BlockPage })) },
    { path: "explorer/txs/:hash", lazy: () => import("./TxPage").then((m) => ({ Component: m.TxPage })) },
    { path: "explorer/parties/:address", lazy: () => import("./PartyPage").then((m) => ({ Component: m.PartyPage })) },
    { path: "explorer/verdicts/:request/:round", lazy: () => import("./VerdictPage").then((m) => ({ Component: m.VerdictPage })) },
    { path: "explorer/network", lazy: () => import("./NetworkPage").then((m) => ({ Component: m.NetworkPage })) },
    { path: "explorer/proof", lazy: () => import("./ProofPage").then((m) => ({ Component: m.ProofPage })) },
    { path: "search", lazy: () => import("./SearchPage").then((m) => ({ Component: m.SearchPage })) },
  ],
};
