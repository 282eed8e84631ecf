package api

import (
	"encoding/json"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/merkle"
	"github.com/alaya-network/alaya/index/view"
	"github.com/alaya-network/alaya/wire"
)

func (a *API) proofRoutes() []route {
	return []route{
		get("/proof/datasets/{id}", "proveRecord", "A record of a dataset's newest version with its proof, to be checked by whoever asks.",
			view.RecordProof{}, a.proveRecord, datasetParam(),
			param{name: "record", doc: "its place, from 0", optional: true, number: true, most: 1<<32 - 1}),
	}
}

// proveRecord reads the records once. Nothing is checked here but that the
// records are those of the dataset: whoever asks does the rest.
func (a *API) proveRecord(c *call) (any, error) {
	d, err := a.Index.Dataset(c.Context(), c.text("id"))
	if err != nil {
		return nil, err
	}
	v := view.RecordProof{Record: view.ProvedRecord{Index: uint64(c.number("record")), Path: []string{}}}
	if v.Record.Index >= d.Records {
		return nil, fault.NotFound("api: record %d of dataset %s: it has %d, from 0", v.Record.Index, d.ID, d.Records)
	}
	if err := a.proveLine(c, d.Dataset, &v.Record); err != nil {
		return nil, err
	}
	p, err := a.Client.Prove(c.Context(), wire.DatasetStore, wire.DatasetKey(id.DatasetID(d.ID), d.Version))
	if err != nil {
		return nil, err
	}
	h, err := a.Client.Header(c.Context(), p.Height+1)
	if err != nil {
		return nil, err
	}
	if v.Proof, err = json.Marshal(p); err == nil {
		v.Header, err = json.Marshal(h)
	}
	if err != nil {
		return nil, fault.Internal("api: proof of dataset %s: %w", d.ID, err)
	}
	return v, nil
}

func (a *API) proveLine(c *call, d view.Dataset, r *view.ProvedRecord) error {
	prover := merkle.NewProver(r.Index)
	err := a.lines(c.Context(), id.CID(d.Content), 0, func(line []byte, _ int64) bool {
		if prover.Count() == r.Index {
			r.Line = string(line)
		}
		prover.Add(line)
		return true
	})
	if err != nil {
		return err
	}
	if prover.Count() != d.Records {
		return fault.Limit("api: records of dataset %s: %d of %d fit into %d bytes: prove them by alaya verify", d.ID, prover.Count(), d.Records, maxRead)
	}
	proof, err := prover.Proof()
	if err != nil {
		return err
	}
	for _, h := range proof {
		r.Path = append(r.Path, h.String())
	}
	return nil
}
