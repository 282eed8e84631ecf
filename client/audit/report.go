package audit

import (
	"fmt"
	"strings"

	"github.com/alaya-network/alaya/core/id"
)

// Report is what a verification found, a line per check.
type Report struct {
	Chain   string       `json:"chain"`
	Height  int64        `json:"height"` // of the header
	Dataset id.DatasetID `json:"dataset"`
	Version uint32       `json:"version"`
	Trust   string       `json:"trust"` // whose signatures count
	Checks  []Check      `json:"checks"`
	OK      bool         `json:"ok"`
}

// Check is one step: what was found, or what is wrong.
type Check struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"`
}

func (r *Report) add(name, detail string, err error) {
	c := Check{Name: name, OK: err == nil, Detail: detail}
	if err != nil {
		c.Detail = err.Error()
	}
	r.Checks = append(r.Checks, c)
}

// String writes the report for people.
func (r Report) String() string {
	var text strings.Builder
	for _, c := range r.Checks {
		fmt.Fprintf(&text, "%-10s %-6s %s\n", c.Name, outcome(c.OK), c.Detail)
	}
	if r.Trust != "" {
		fmt.Fprintf(&text, "%-10s %s\n", "trust", r.Trust)
	}
	fmt.Fprintf(&text, "verify: %s\n", outcome(r.OK))
	return text.String()
}

func outcome(ok bool) string {
	if ok {
		return "ok"
	}
	return "FAILED"
}
