import type { Area } from "@/app/area";

export const area: Area = {
  nav: [{ to: "/", label: "market:nav", order: 10, icon: "market" }],
  routes: [
    { index: true, lazy: () => import("./BrowsePage").then((m) => ({ Component: m.BrowsePage })) },
    { path: "requests/:id", lazy: () => import("./RequestPage").then((m) => ({ Component: m.RequestPage })) },
  ],
};
