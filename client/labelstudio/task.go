package labelstudio

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/work"
)

// MaxTasks bounds a file of tasks, in bytes.
const MaxTasks = 1 << 30

// Task is an item as Label Studio writes it.
type Task struct {
	ID          json.Number                `json:"id,omitempty"`
	Data        map[string]json.RawMessage `json:"data"`
	Annotations []Annotation               `json:"annotations,omitempty"`
	Predictions []Prediction               `json:"predictions,omitempty"`
}

// Annotation is what one person answered.
type Annotation struct {
	ID          json.Number     `json:"id,omitempty"`
	CompletedBy json.RawMessage `json:"completed_by,omitempty"`
	LeadTime    float64         `json:"lead_time,omitempty"` // seconds
	Cancelled   bool            `json:"was_cancelled,omitempty"`
	GroundTruth bool            `json:"ground_truth,omitempty"`
	Result      []Result        `json:"result"`
}

// Prediction is what a model answered.
type Prediction struct {
	ModelVersion string   `json:"model_version,omitempty"`
	Score        float64  `json:"score,omitempty"`
	Result       []Result `json:"result"`
}

// Result is one entry of an annotation.
type Result struct {
	ID             string                     `json:"id,omitempty"`
	Type           string                     `json:"type"`
	FromName       string                     `json:"from_name,omitempty"`
	ToName         string                     `json:"to_name,omitempty"`
	OriginalWidth  int64                      `json:"original_width,omitempty"`
	OriginalHeight int64                      `json:"original_height,omitempty"`
	Origin         string                     `json:"origin,omitempty"`
	FromID         string                     `json:"from_id,omitempty"`
	ToID           string                     `json:"to_id,omitempty"`
	Direction      string                     `json:"direction,omitempty"`
	Labels         []string                   `json:"labels,omitempty"`
	Value          map[string]json.RawMessage `json:"value,omitempty"`
}

// ParseTasks reads an exported list of tasks. Fields that are not known are
// left alone.
func ParseTasks(text []byte) ([]Task, error) {
	if len(text) > MaxTasks {
		return nil, fault.Limit("label studio: tasks of %d bytes: at most %d", len(text), MaxTasks)
	}
	var tasks []Task
	if err := json.Unmarshal(text, &tasks); err != nil {
		return nil, fault.Invalid("label studio: tasks: %w", err)
	}
	for i, t := range tasks {
		if t.ID == "" {
			tasks[i].ID = json.Number(strconv.Itoa(i + 1))
		}
	}
	return tasks, nil
}

// Item is the task's item, its id as in Label Studio.
func (t Task) Item() (work.Item, error) {
	data, err := json.Marshal(t.Data)
	if err != nil {
		return work.Item{}, fault.Internal("label studio: %w", err)
	}
	item := work.Item{ID: t.ID.String(), Data: data}
	if err := work.CheckItemID(item.ID); err != nil {
		return item, fault.Invalid("label studio: task %q: %w", t.ID, err)
	}
	return item, nil
}

// Answer reads an annotation to a task as an answer. What has no place in the
// form is reported; kind invalid for what contradicts it.
func (c Config) Answer(t Task, a Annotation) (work.Answer, []string, error) {
	out := work.Answer{Item: t.ID.String(), Ms: int64(a.LeadTime * 1000)}
	if a.Cancelled {
		out.Skip = "other"
		return out, nil, nil
	}
	r := resultReader{config: c, task: t, values: make(answer.Values, len(c.Form.Controls)), spans: map[string]answer.Span{}, homes: map[string]int{}}
	for i, result := range a.Result {
		if err := r.read(result); err != nil {
			return out, r.ignored, fmt.Errorf("label studio: task %s, result %d: %w", t.ID, i, err)
		}
		if result.Origin == "prediction" || result.Origin == "prediction-changed" {
			out.Origin = result.Origin
		}
	}
	r.relate(a.Result)
	for i, v := range r.values {
		if v != nil {
			r.values[i] = answer.Sort(v)
		}
	}
	value := c.Form.Encode(r.values)
	if _, err := c.Form.Parse(value); err != nil {
		return out, r.ignored, fmt.Errorf("label studio: task %s: %w", t.ID, err)
	}
	out.Value = answer.Raw(value)
	return out, r.ignored, nil
}

// control returns the number of the control that a result is of.
func (c Config) control(from string) int {
	return slices.IndexFunc(c.Form.Controls, func(control answer.Control) bool {
		return c.Names[control.Name] == from || c.Names[control.Name] == "" && control.Name == from
	})
}
