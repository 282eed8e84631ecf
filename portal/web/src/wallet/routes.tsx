import type { Area } from "@/app/area";

export const area: Area = {
  nav: [],
  routes: [{ path: "wallet", lazy: () => import("./AccountsPage").then((m) => ({ Component: m.AccountsPage })) }],
};
