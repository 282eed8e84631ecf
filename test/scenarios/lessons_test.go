package scenarios_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/client/audit"
	"github.com/alaya-network/alaya/client/delivery"
	"github.com/alaya-network/alaya/client/learner"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// teach gives a seller's items to the model.
func (f *fair) teach(seller int, offers []model.Offer) {
	f.t.Helper()
	msg := &modelv1.MsgContribute{Author: f.seller[seller].Address().String(), Model: string(f.model)}
	for _, o := range offers {
		msg.Offers = append(msg.Offers, wire.ModelOfferToProto(o))
	}
	f.send(f.seller[seller], msg, &modelv1.MsgContributeResponse{})
}

// publish makes a version of the model's dataset.
func (f *fair) publish(by *client.Account) (id.DatasetID, error) {
	result, _, err := learner.Publish(f.ctx, by, f.Client, f.Store, f.model)
	if err != nil {
		return "", err
	}
	var made modelv1.MsgPublishDatasetResponse
	return id.DatasetID(made.Dataset), result.Response(0, &made)
}

// pulled is a version in a folder of its own.
func (f *fair) pulled(d id.DatasetID, version uint32) (string, audit.Receipt) {
	f.t.Helper()
	dir := filepath.Join(f.t.TempDir(), "pulled")
	receipt, err := audit.Pull(f.ctx, audit.Origin{Client: f.Client, Blobs: f.Store}, audit.Order{Dataset: d, Version: version, Dir: dir, Key: []byte("not needed")})
	if err != nil {
		f.t.Fatal(err)
	}
	return dir, receipt
}

func TestWhatAModelWasTaughtIsADatasetThatAnybodyCanVerify(t *testing.T) {
	f := newFair(t, open(t, nil), model.Points, 60_000)
	if _, err := f.publish(f.treasury); !fault.Is(err, fault.KindState) {
		t.Fatalf("a model that was taught nothing: %v", err)
	}
	f.teach(0, fairOffers(0))
	f.teach(1, fairOffers(1))
	f.send(f.seller[1], &modelv1.MsgWithdraw{Author: f.seller[1].Address().String(), Model: string(f.model), Numbers: []uint64{20}}, &modelv1.MsgWithdrawResponse{})
	if _, err := f.publish(f.seller[0]); !fault.Is(err, fault.KindForbidden) {
		t.Fatalf("published by a stranger: %v", err)
	}
	dataset, err := f.publish(f.treasury)
	if err != nil {
		t.Fatal(err)
	}
	f.teach(2, fairOffers(2))
	if again, err := f.publish(f.treasury); err != nil || again != dataset {
		t.Fatalf("the second version is of dataset %s, %v", again, err)
	}
	// what is taken back later stays in versions made before: they still verify
	f.send(f.seller[0], &modelv1.MsgWithdraw{Author: f.seller[0].Address().String(), Model: string(f.model), Numbers: []uint64{3}}, &modelv1.MsgWithdrawResponse{})
	trust, err := audit.TrustNode(f.ctx, f.Client, "the node")
	if err != nil {
		t.Fatal(err)
	}
	for version, records := range map[uint32]uint64{1: 2*fairBatch - 1, 2: 3*fairBatch - 1} {
		dir, receipt := f.pulled(dataset, version)
		if receipt.Records != records || receipt.Version != version {
			t.Errorf("version %d: pulled %d records of version %d, want %d", version, receipt.Records, receipt.Version, records)
		}
		report, err := audit.Verify(dir, audit.Options{Trust: trust})
		if err != nil || !report.OK {
			t.Errorf("version %d: %v\n%s", version, err, report)
		}
	}
	f.lies(dataset)
	f.sound(t)
}

// lies changes a pulled folder, checksums included, and wants to be found out.
func (f *fair) lies(d id.DatasetID) {
	for name, lie := range map[string]struct {
		file, from, to, found string
	}{
		"a label":              {delivery.RecordsFile, `"label":"`, `"label":"6`, delivery.RecordsFile},
		"a feature":            {delivery.ItemsFile, `"indices":[`, `"indices":[0,`, delivery.ItemsFile},
		"an entry of the log":  {audit.LogFile, `"contribution":2,`, `"contribution":1,`, audit.LogFile},
		"a record":             {audit.StateFile, `"value":"`, `"value":"AA`, audit.StateFile},
		"a count in the label": {delivery.LabelFile, `"records": 47`, `"records": 48`, delivery.LabelFile},
	} {
		dir, _ := f.pulled(d, 2)
		file := filepath.Join(dir, filepath.FromSlash(lie.file))
		text, err := os.ReadFile(file)
		if err != nil {
			f.t.Fatal(err)
		}
		changed := bytes.Replace(text, []byte(lie.from), []byte(lie.to), 1)
		if bytes.Equal(changed, text) {
			f.t.Fatalf("%s: %s has no %q", name, lie.file, lie.from)
		}
		if err := os.WriteFile(file, changed, 0o644); err != nil {
			f.t.Fatal(err)
		}
		if _, err := audit.Verify(dir, audit.Options{}); err == nil || !strings.Contains(err.Error(), "SHA-256") {
			f.t.Errorf("%s changed, checksums not: %v", name, err)
		}
		if err := resum(dir); err != nil {
			f.t.Fatal(err)
		}
		if _, err := audit.Verify(dir, audit.Options{}); err == nil || !strings.Contains(err.Error(), lie.found) {
			f.t.Errorf("%s changed: %v, want an error that names %s", name, err, lie.found)
		}
	}
}

// resum writes the checksums of a folder anew.
func resum(dir string) error {
	text, err := os.ReadFile(filepath.Join(dir, delivery.SumsFile))
	if err != nil {
		return err
	}
	sums, err := delivery.ParseSums(text)
	if err != nil {
		return err
	}
	var files []delivery.File
	for name := range sums {
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		files = append(files, delivery.File{Name: name, Text: text})
	}
	for _, f := range delivery.WithSums(files) {
		if f.Name == delivery.SumsFile {
			err = os.WriteFile(filepath.Join(dir, f.Name), f.Text, 0o644)
		}
	}
	return err
}
