import type { Area } from "@/app/area";

export const area: Area = {
  nav: [{ to: "/work", label: "home:nav", order: 20, icon: "work" }],
  routes: [{ path: "work", lazy: () => import("./HomePage").then((m) => ({ Component: m.HomePage })) }],
};
