import type { components } from "@gen/api";

/** What the gateway answers with, by name: Schemas["Card"]. */
export type Schemas = components["schemas"];

export type Card = Schemas["Card"];
export type Request = Schemas["Request"];
export type Bid = Schemas["Bid"];
export type Engagement = Schemas["Engagement"];
export type Assignment = Schemas["Assignment"];
export type Party = Schemas["Party"];
export type Work = Schemas["Work"];
export type Step = Schemas["Step"];
export type Earnings = Schemas["Earnings"];
export type Earning = Schemas["Earning"];
export type Event = Schemas["Event"];
