import type { Area } from "@/app/area";

export const area: Area = {
  nav: [{ to: "/console", label: "console:nav", order: 25, icon: "check" }],
  routes: [
    { path: "console", lazy: () => import("./session/SubmissionsPage").then((m) => ({ Component: m.SubmissionsPage })) },
    { path: "console/preview", lazy: () => import("./preview/PreviewPage").then((m) => ({ Component: m.PreviewPage })) },
    { path: "console/:request", lazy: () => import("./session/ConsolePage").then((m) => ({ Component: m.ConsolePage })) },
  ],
};
