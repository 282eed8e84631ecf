package main

import (
	"context"
	"fmt"
	"io"

	"github.com/cosmos/gogoproto/proto"
	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/client/audit"
	"github.com/alaya-network/alaya/client/learner"
	"github.com/alaya-network/alaya/client/modelfile"
	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model/learn"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

func newModelExport(s *session) *cobra.Command {
	format := choice{value: "json", of: []string{"json", "onnx", "cells"}}
	shape := choice{value: "sparse", of: []string{"sparse", "batch"}}
	var to string
	cmd := &cobra.Command{
		Use:   "export MODEL",
		Short: "Take a model off the chain",
		Long: `Take a model off the chain: its weights as JSON, which client/modelfile answers from without
a node, or as ONNX for any runtime; families without weights as cells, the form of seeds.`,
		Example: `  alaya model export 1f3a5c7e9b2d4f60 -o reviews.json
  alaya model export 1f3a5c7e9b2d4f60 --format onnx -o reviews.onnx`,
		RunE: func(cmd *cobra.Command, args []string) error {
			k, err := s.model(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			cells, err := learner.Parameters(cmd.Context(), c, k.Model)
			if err != nil {
				return err
			}
			return s.export(k, cells, format.value, shape.value, to)
		},
	}
	cmd.Flags().Var(&format, "format", "of the file")
	cmd.Flags().Var(&shape, "shape", "of an ONNX model's input: one item by its features, or a batch of vectors")
	cmd.Flags().StringVarP(&to, "out", "o", "-", "file to write; - is standard output")
	return cmd
}

func (s *session) export(k knownModel, cells []learn.Entry, format, shape, to string) error {
	fill := func(w io.Writer) error {
		_, err := w.Write(learn.EncodeCells(cells))
		return err
	}
	if format != "cells" {
		state := &learn.Memory{}
		learn.Load(state, cells)
		file, err := modelfile.Export(k.Terms.Config, state)
		if err != nil {
			return advise(err, "--format cells takes every family")
		}
		file.Encoder, file.Labels = &k.encoder, k.encoder.Labels
		fill = file.Write
		if format == "onnx" {
			onnx := modelfile.Sparse
			if shape == "batch" {
				onnx = modelfile.Batch
			}
			fill = func(w io.Writer) error { return file.WriteONNX(w, onnx) }
		}
	}
	if err := sheet.WriteFile(sheet.Target{Name: to, Stdout: s.out}, fill); err != nil {
		return err
	}
	s.say("%d parameters of %s as of entry %d", len(cells), k.ID, k.Entries)
	return nil
}

func newModelFork(s *session) *cobra.Command {
	var entry int64
	var name string
	cmd := &cobra.Command{
		Use:   "fork MODEL",
		Short: "Begin a model where another is, or was",
		Long: `Begin a model from another's log: it learns again what the other knew after an entry, over
some blocks, and goes its own way. Family, encoder, seed and licence stay; nobody owns it.`,
		Example: `  alaya model fork 1f3a5c7e9b2d4f60 --name "Reviews, before the flood" --at 1200 --from alice`,
		RunE: func(cmd *cobra.Command, args []string) error {
			k, err := s.model(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			at := k.Version()
			if entry >= 0 && uint64(entry) != k.Entries {
				at.Entry, at.Root = uint64(entry), id.Hash{}
			}
			return s.fork(cmd.Context(), k, at.Entry, name)
		},
	}
	cmd.Flags().Int64Var(&entry, "at", -1, "entry of the log after which it begins; -1: the last")
	cmd.Flags().StringVar(&name, "name", "", "of the fork; the model's by default")
	return cmd
}

func (s *session) fork(ctx context.Context, k knownModel, entry uint64, name string) error {
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	t := k.Terms
	t.Owner, t.OwnerUntil = "", 0
	if name != "" {
		t.Name = name
	}
	result, err := account.Send(ctx, &modelv1.MsgForkModel{
		Creator: account.Address().String(), Terms: wire.ModelTermsToProto(t), At: modelv1.Version{Model: string(k.ID), Entry: entry},
	})
	if err != nil {
		return err
	}
	var made modelv1.MsgForkModelResponse
	if err := result.Response(0, &made); err != nil {
		return err
	}
	return s.receipt(result, made.Id, fmt.Sprintf("forked model %s from %s after entry %d", made.Id, k.ID, entry))
}

func newModelRollback(s *session) *cobra.Command {
	return &cobra.Command{
		Use:   "rollback MODEL ENTRY",
		Short: "Go back to how a model was after an entry of its log, as its owner",
		Long: `Take everything that was learnt after an entry of the log out of force. The log keeps it,
with the rollback; the parameters are made again over some blocks, and the model answers as
before until then.`,
		Example: "  alaya model rollback 1f3a5c7e9b2d4f60 1200 --from alice",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, to, err := itemArgs(args)
			if err != nil {
				return err
			}
			if err := s.do(cmd.Context(), func(me string) proto.Message {
				return &modelv1.MsgRollback{Owner: me, Model: string(name), To: to}
			}, "rolled back to entry %d", to); err != nil {
				return err
			}
			s.say("`alaya model rebuild %s` makes it true", name)
			return nil
		},
	}
}

func newModelRebuild(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "rebuild MODEL",
		Short:   "Make a model's parameters anew where something has to leave them",
		Example: "  alaya model rebuild 1f3a5c7e9b2d4f60 --from alice",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseModelID(args[0])
			if err != nil {
				return err
			}
			return s.do(cmd.Context(), func(me string) proto.Message {
				return &modelv1.MsgRebuild{Sender: me, Model: string(name)}
			}, "the parameters of %s are being made anew", name)
		},
	}
}

func newModelVerify(s *session) *cobra.Command {
	var validators string
	cmd := &cobra.Command{
		Use:   "verify MODEL",
		Short: "Learn a model again from its log and compare every parameter",
		Long: `Check a model by its log alone: the record against a header that the validators signed, the
log against the root in the record, every contribution against the log; then learn it all
again here and compare every parameter with the chain's.`,
		Example: "  alaya model verify 1f3a5c7e9b2d4f60",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseModelID(args[0])
			if err != nil {
				return err
			}
			trust, err := trustFile(validators)
			if err != nil {
				return err
			}
			report, err := s.verifyModel(cmd.Context(), name, trust)
			if failed := s.show(report, func(p *page) { p.verification(report.Checks, report.Trust, report.OK) }); failed != nil {
				return failed
			}
			return err
		},
	}
	cmd.Flags().StringVar(&validators, "validators", "", "file of the validators that must have signed")
	return cmd
}

// modelReport is what a verification found.
type modelReport struct {
	Chain  string        `json:"chain"`
	Height id.Height     `json:"height"` // of the state
	Model  id.ModelID    `json:"model"`
	Root   id.Hash       `json:"root"`  // of the log, once all is checked
	Trust  string        `json:"trust"` // whose signatures count
	Checks []audit.Check `json:"checks"`
	OK     bool          `json:"ok"`
}

// verifyModel does the checks in their order and stops at the first that fails.
func (s *session) verifyModel(ctx context.Context, m id.ModelID, trust *audit.Trust) (r modelReport, err error) {
	r.Model = m
	c, err := s.chain(ctx)
	if err != nil {
		return r, err
	}
	if trust == nil {
		if trust, err = audit.TrustNode(ctx, c, "node "+s.flags.node); err != nil {
			return r, err
		}
	}
	r.Chain, r.Trust = c.ChainID(), trust.From
	at := id.Height(c.Height() - 1)
	r.Height = at
	v := modelCheck{client: c, model: m, trust: trust, at: at}
	for _, step := range []struct {
		name string
		do   func(context.Context) (string, error)
	}{{"record", v.record}, {"log", v.log}, {"parameters", v.parameters}} {
		detail, err := step.do(client.AtHeight(ctx, at))
		if err != nil {
			r.Checks = append(r.Checks, audit.Check{Name: step.name, Detail: err.Error()})
			return r, err
		}
		r.Checks = append(r.Checks, audit.Check{Name: step.name, OK: true, Detail: detail})
	}
	r.OK, r.Root = true, v.tape.Own().Model.Root
	return r, nil
}

// modelCheck is a verification under way.
type modelCheck struct {
	client *client.Client
	model  id.ModelID
	trust  *audit.Trust
	at     id.Height
	tape   learner.Tape
}

// record proves the model's record and those of its lineage.
func (v *modelCheck) record(ctx context.Context) (string, error) {
	m, _, err := learner.Record(ctx, v.client, v.model)
	if err != nil {
		return "", err
	}
	keys := [][]byte{wire.ModelKey(v.model), wire.ModelTermsKey(v.model)}
	for _, l := range m.Lineage {
		keys = append(keys, wire.ModelKey(l.Model), wire.ModelTermsKey(l.Model))
	}
	proven, err := learner.Prove(ctx, v.client, keys, v.at, v.trust.Signed)
	if err != nil {
		return "", err
	}
	if v.tape, err = learner.Fetch(ctx, v.client, v.model); err != nil {
		return "", err
	}
	for i, p := range v.tape.Parts {
		signed, err := proven.Model(p.Model.ID)
		if err != nil {
			return "", err
		}
		v.tape.Parts[i].Model = signed
	}
	return fmt.Sprintf("of block %s, under header %d", v.at, proven.Header.Signed.Height), nil
}

func (v *modelCheck) log(context.Context) (string, error) {
	own := v.tape.Own()
	return fmt.Sprintf("%d entries over %d contributions, root %s", len(own.Log), len(own.Items), own.Model.Root), v.tape.Check()
}

func (v *modelCheck) parameters(ctx context.Context) (string, error) {
	own := v.tape.Own().Model
	state, err := v.tape.Replay()
	if err != nil {
		return "", err
	}
	cells, err := learner.Parameters(ctx, v.client, own)
	if err != nil {
		return "", err
	}
	want := state.Cells()
	if err := learner.Same(cells, want); err != nil {
		if lost := v.tape.Lost(); lost > 0 {
			return "", fault.Errorf(fault.KindOf(err), "%w; %d items were withdrawn that %s cannot forget: `alaya model rebuild` first", err, lost, own.Terms.Config.Family)
		}
		return "", err
	}
	return fmt.Sprintf("%d, all as learnt again from %d items", len(cells), own.Updates), nil
}
