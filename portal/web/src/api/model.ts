import { queryOptions } from "@tanstack/react-query";
import { get, post, type Query } from "./client";
import { listQuery } from "./market";
import type { Schemas } from "./types";

export type Model = Schemas["Model"];
export type ModelDetail = Schemas["ModelDetail"];
export type Contribution = Schemas["Contribution"];
export type Rank = Schemas["Rank"];
export type ModelMarket = Schemas["ModelMarket"];
export type LogEntry = Schemas["Entry"];
export type Prediction = Schemas["Prediction"];
export type Encoded = Schemas["Encoded"];

const of = (id: string) => `/models/${encodeURIComponent(id)}`;

export const modelsQuery = (query: Query) => listQuery<Model>("/models", query);
export const modelQuery = (id: string) =>
  queryOptions({ queryKey: [of(id)], queryFn: ({ signal }) => get<ModelDetail>(`/api/v1${of(id)}`, {}, signal) });
export const contributionsQuery = (id: string, author?: string) =>
  listQuery<Contribution>(`${of(id)}/contributions`, { author, limit: 100 });
export const leaderboardQuery = (id: string) => listQuery<Rank>(`${of(id)}/leaderboard`, { limit: 50 });
export const marketsQuery = (id: string) => listQuery<ModelMarket>(`${of(id)}/markets`, { limit: 50 });
export const historyQuery = (id: string) => listQuery<LogEntry>(`${of(id)}/history`, { limit: 50 });

/** Asks a model for one item; the cells are those of its fields. */
export const predict = (id: string, cells: string[]) => post<Prediction>(`/api/v1${of(id)}/predict`, { cells });

/** An item with its label as the model learns it. */
export const encode = (id: string, cells: string[], label: string) => post<Encoded>(`/api/v1${of(id)}/encode`, { cells, label });
