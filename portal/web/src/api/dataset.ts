import { queryOptions } from "@tanstack/react-query";
import { get } from "./client";
import { listQuery } from "./market";
import type { Schemas } from "./types";

export type Dataset = Schemas["Dataset"];
export type DatasetDetail = Schemas["DatasetDetail"];
export type DataRecord = Schemas["Record"];
export type Lineage = Schemas["Lineage"];

export interface DatasetFilter {
  q: string;
  licence: string;
  modality: string;
  answer_type: string;
}

export const datasetsQuery = (filter: Partial<DatasetFilter> & { owner?: string }) => listQuery<Dataset>("/datasets", filter);

export const datasetQuery = (id: string) =>
  queryOptions({
    queryKey: [`/datasets/${id}`],
    queryFn: ({ signal }) => get<DatasetDetail>(`/api/v1/datasets/${encodeURIComponent(id)}`, {}, signal),
  });

export const recordsQuery = (id: string) => listQuery<DataRecord>(`/datasets/${encodeURIComponent(id)}/records`, { limit: 25 });
