package index

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"strings"

	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/index/view"
)

func (w *Writer) model(ctx context.Context, n noun) ([]row, error) {
	res, err := w.chain.Model().Model(ctx, &modelv1.QueryModelRequest{Model: n.of})
	if err != nil {
		return nil, err
	}
	v := ModelOf(res).Model
	v.NextDeposit = 0 // it changes by itself
	return []row{
		{newTable("models", 1, "id family incentive state created body").put(), []any{v.ID, v.Family, v.Incentive, v.State, v.CreatedAt, text(v)}},
		document("model", v.ID, v.Name, v.Family+" "+v.Incentive+" "+v.Licence),
	}, nil
}

// EnumName is MODEL_STATE_LIVE as people write it.
func EnumName(name, prefix string) string {
	return strings.ToLower(strings.TrimPrefix(name, prefix))
}

// ModelOf is a model as the node tells it.
func ModelOf(res *modelv1.QueryModelResponse) view.ModelDetail {
	m := res.Model
	v := view.ModelDetail{Model: view.Model{
		ID: m.Id, Name: m.Terms.Name, Family: m.Terms.Config.Family, Classes: m.Terms.Config.Classes,
		Features: m.Terms.Config.Features, Incentive: EnumName(m.Terms.Incentive.Kind.String(), "INCENTIVE_KIND_"),
		State: EnumName(m.State.String(), "MODEL_STATE_"), Creator: m.Creator, Owner: m.Terms.Owner, Licence: m.Terms.Licence,
		CreatedAt: m.Created, Contributions: m.Contributions, Entries: m.Entries, Updates: m.Updates,
		Root: hex.EncodeToString(m.Root), Successor: m.Successor, NextDeposit: view.Ualy(res.NextDeposit),
	}, Terms: ProtoJSON(&m.Terms), Purse: json.RawMessage("null"), Price: json.RawMessage("null"), Stale: res.Stale,
		Encoder: json.RawMessage("null"), Fields: []string{}, Labels: []string{}}
	if res.Purse != nil {
		v.Purse = ProtoJSON(res.Purse)
	}
	if res.Price != nil {
		v.Price = ProtoJSON(res.Price)
	}
	lineage := []json.RawMessage{}
	for i := range m.Lineage {
		lineage = append(lineage, ProtoJSON(&m.Lineage[i]))
	}
	v.Lineage = json.RawMessage(text(lineage))
	return v
}
