// Package world makes up a small market to try things in: tasks of every answer
// type, with pictures, sounds, films, clouds, series and texts that are drawn,
// computed or written here, and with their true answers.
//
// Words: a task is what a request asks, with its items, the files they show and
// the truth; a hand draws what follows from a seed.
//
// Invariants:
//  1. The same seed gives the same tasks, byte for byte.
//  2. Every truth is a value of its task's form, or one of its labels.
//  3. Every file is one block of the store, so its id follows from its bytes.
package world

import (
	"encoding/json"
	"fmt"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
)

// Task is one thing to ask.
type Task struct {
	Name    string // a tag
	Title   string
	Summary string
	Tags    []string
	Spec    market.Spec
	Items   []work.Item
	Files   [][]byte
	// Truth is the true answer to each item, in the order of the items.
	Truth []work.Answer
}

// each is how many items a task has.
const each = 4

// Tasks are all tasks, in the order of a market's page.
func Tasks(seed string) []Task {
	var all []Task
	for _, make := range []func(*hand) Task{
		reviews, messages, dialogues, replies, streets, fruit, gauges, calls, sensors, films, clouds,
	} {
		t := make(newHand(seed))
		t.Tags = append([]string{t.Name}, t.Tags...)
		all = append(all, t)
	}
	return all
}

// asset is a file as an item shows it.
type asset struct {
	CID      id.CID `json:"cid"`
	Mime     string `json:"mime"`
	Name     string `json:"name"`
	Size     int    `json:"size"`
	Width    int    `json:"width,omitempty"`
	Height   int    `json:"height,omitempty"`
	Duration int64  `json:"duration_us,omitempty"`
	FPS      int    `json:"fps,omitempty"`
	Points   int    `json:"points,omitempty"`
}

// file adds a file to the task.
func (t *Task) file(a asset, content []byte) asset {
	a.CID, a.Size = id.RawCID(content), len(content)
	t.Files = append(t.Files, content)
	return a
}

// item adds an item that shows data, in any order of keys but always the same.
func (t *Task) item(data map[string]any, truth work.Answer) {
	text, err := json.Marshal(data) // keys come sorted
	if err != nil {
		panic("world: " + err.Error()) // plain data always marshals
	}
	name := fmt.Sprintf("%s-%02d", t.Name, len(t.Items)+1)
	truth.Item, truth.Ms = name, 4_000
	t.Items = append(t.Items, work.Item{ID: name, Data: text})
	t.Truth = append(t.Truth, truth)
}

// filled is the answer to a form; values stand in the order of its controls.
func (t *Task) filled(values ...answer.Value) work.Answer {
	for i, v := range values {
		if v != nil {
			values[i] = answer.Sort(v)
		}
	}
	return work.Answer{Value: answer.Raw(t.Spec.Form.Encode(values))}
}

func form(controls ...answer.Control) *answer.Form { return &answer.Form{Controls: controls} }

// labels are classes with colours that tell them apart.
func labels(ids ...string) []answer.Label {
	colors := []string{"#c2410c", "#1d4ed8", "#15803d", "#a21caf", "#b45309", "#0f766e", "#be123c", "#4338ca"}
	out := make([]answer.Label, len(ids))
	for i, name := range ids {
		out[i] = answer.Label{ID: name, Color: colors[i%len(colors)]}
	}
	return out
}

func ptr(n int64) *int64 { return &n }
