package world_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/internal/world"
)

func TestTheSameSeedGivesTheSameWorld(t *testing.T) {
	one, again, other := world.Tasks("seed"), world.Tasks("seed"), world.Tasks("other")
	if !reflect.DeepEqual(one, again) {
		t.Error("two worlds of one seed differ")
	}
	if reflect.DeepEqual(one, other) {
		t.Error("two seeds give one world")
	}
}

func TestEveryTaskCanBeAskedAndAnswered(t *testing.T) {
	types := map[string]bool{}
	for _, task := range world.Tasks("seed") {
		if err := task.Spec.Validate(); err != nil {
			t.Errorf("%s: %v", task.Name, err)
		}
		if len(task.Items) != len(task.Truth) || len(task.Items) < 4 {
			t.Errorf("%s: %d items, %d truths", task.Name, len(task.Items), len(task.Truth))
		}
		for i, truth := range task.Truth {
			if truth.Item != task.Items[i].ID {
				t.Errorf("%s: truth %d is of %s", task.Name, i, truth.Item)
			}
			if task.Spec.Form == nil {
				if !slices.Contains(task.Spec.Labels, truth.Label) {
					t.Errorf("%s: truth %q", task.Name, truth.Label)
				}
				continue
			}
			values, err := task.Spec.Form.Parse([]byte(truth.Value))
			if err != nil {
				t.Errorf("%s: %v", task.Name, err)
				continue
			}
			for n, c := range task.Spec.Form.Controls {
				types[string(c.Type)] = types[string(c.Type)] || values[n] != nil
			}
		}
		files := map[string]bool{}
		for _, f := range task.Files {
			if len(f) > 1<<20 {
				t.Errorf("%s: a file of %d bytes", task.Name, len(f))
			}
			files[id.RawCID(f).String()] = true
		}
		for _, item := range task.Items {
			if !json.Valid(item.Data) {
				t.Errorf("%s: data %.80s", task.Name, item.Data)
			}
			for part := range strings.SplitSeq(string(item.Data), `"cid":"`) {
				if name, _, found := strings.Cut(part, `"`); found && strings.HasPrefix(name, "bafk") && !files[name] {
					t.Errorf("%s: item %s shows %s, which is not there", task.Name, item.ID, name)
				}
			}
		}
	}
	if len(types) != 16 {
		t.Errorf("types with an answer: %v, want all 16", types)
	}
}
