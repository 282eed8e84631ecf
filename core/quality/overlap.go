package quality

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/alaya-network/alaya/core/num"
)

// With less gold than this to calibrate by, no target below cautious counts.
const (
	goldForTarget         = 30
	cautious      num.Ppm = 990_000
)

// target returns the posterior from which items are accepted when so much gold
// is known.
func (p Params) target(gold int) num.Ppm {
	if gold < goldForTarget {
		return max(p.Target, cautious)
	}
	return p.Target
}

// status decides on another answer for an item whose label is as sure as
// stated.
func (c *jobCase) status(item Item, sure num.Ppm) Status {
	p := c.job.Params
	full := item.Answers >= p.MaxAnswers || c.job.Final
	switch {
	case item.Answers == 0:
		return Contested
	case sure >= c.target && item.Answers >= p.MinAnswers && (full || !c.control(item.Task)):
		return Accepted
	case full:
		return Delivered
	default:
		return Contested
	}
}

// control says whether a task belongs to the control sample.
func (c *jobCase) control(task string) bool {
	if c.job.Params.Control == 0 {
		return false
	}
	h := sha256.New()
	h.Write([]byte("alaya/quality/control/v1\x00"))
	h.Write(c.job.Salt[:])
	h.Write([]byte(task))
	draw := binary.BigEndian.Uint64(h.Sum(nil)) % uint64(num.One)
	return draw < uint64(c.job.Params.Control)
}
