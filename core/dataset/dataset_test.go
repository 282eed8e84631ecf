package dataset_test

import (
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

const (
	request id.RequestID = "1f3a5b7c9d2e4f60"
	owner   id.Address   = "alaya1owner"
)

func TestStatesMoveOnlyAlongTheirTable(t *testing.T) {
	for from := dataset.State(0); from <= dataset.Tombstoned+1; from++ {
		for to := dataset.State(0); to <= dataset.Tombstoned+1; to++ {
			want := from == dataset.Published && to == dataset.Tombstoned
			if got := from.CanMove(to); got != want {
				t.Errorf("%s to %s: %t, want %t", from, to, got, want)
			}
		}
	}
}

func TestOneDatasetPerRequest(t *testing.T) {
	a, b := dataset.IDOf(request), dataset.IDOf("1f3a5b7c9d2e4f61")
	if _, err := id.ParseDatasetID(string(a)); err != nil || a == b {
		t.Errorf("ids %q and %q: %v; want two dataset ids", a, b, err)
	}
}

func TestNextNumbersVersions(t *testing.T) {
	draft := dataset.Dataset{Request: request, Owner: owner, Title: "shapes", State: dataset.Tombstoned, Version: 9}
	first := draft.Next(nil)
	if first.ID != dataset.IDOf(request) || first.Version != 1 || first.Semver != "1.0.0" || first.Parents != nil || first.State != dataset.Published {
		t.Errorf("first version %+v", first)
	}
	second := draft.Next(&first)
	want := dataset.Parent{Dataset: first.ID, Version: 1, Relation: "extends"}
	if second.ID != first.ID || second.Version != 2 || second.Semver != "1.1.0" || len(second.Parents) != 1 || second.Parents[0] != want {
		t.Errorf("second version %+v, want parent %+v", second, want)
	}
	if err := second.Check(); err != nil {
		t.Error(err)
	}
}

func TestTombstone(t *testing.T) {
	d := dataset.Dataset{Request: request, Owner: owner}.Next(nil)
	gone, err := d.Tombstone(owner, "consent withdrawn")
	if err != nil || gone.State != dataset.Tombstoned || gone.Reason != "consent withdrawn" || gone.Check() != nil {
		t.Fatalf("tombstoned: %+v, %v", gone, err)
	}
	tests := []struct {
		name   string
		d      dataset.Dataset
		by     id.Address
		reason string
		kind   fault.Kind
	}{
		{"by another", d, "alaya1thief", "mine", fault.KindForbidden},
		{"without a reason", d, owner, "", fault.KindLimit},
		{"with a novel", d, owner, strings.Repeat("x", dataset.MaxReasonLen+1), fault.KindLimit},
		{"twice", gone, owner, "again", fault.KindState},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			left, err := tt.d.Tombstone(tt.by, tt.reason)
			if fault.KindOf(err) != tt.kind || left.State != tt.d.State || left.Reason != tt.d.Reason {
				t.Errorf("by %s for %.20q: %v, left %s; want kind %s and no change", tt.by, tt.reason, err, left.State, tt.kind)
			}
		})
	}
}

func TestCheckFindsBrokenVersions(t *testing.T) {
	d := dataset.Dataset{Request: request, Owner: owner}.Next(nil)
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func(*dataset.Dataset){
		"another's id":              func(d *dataset.Dataset) { d.ID = "0000000000000000" },
		"version zero":              func(d *dataset.Dataset) { d.Version = 0 },
		"no state":                  func(d *dataset.Dataset) { d.State = 0 },
		"a reason without a stone":  func(d *dataset.Dataset) { d.Reason = "why" },
		"a stone without a reason":  func(d *dataset.Dataset) { d.State = dataset.Tombstoned },
		"a state beyond the last":   func(d *dataset.Dataset) { d.State = dataset.Tombstoned + 1 },
		"the dataset of another id": func(d *dataset.Dataset) { d.Request = "1f3a5b7c9d2e4f61" },
	} {
		bad := d
		if damage(&bad); bad.Check() == nil {
			t.Errorf("%s: Check accepts %+v", name, bad)
		}
	}
}
