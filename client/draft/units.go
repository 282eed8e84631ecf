package draft

import (
	"math/big"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
)

// Amount reads "12.5aly" or "100ualy".
type Amount num.Amount

// UnmarshalYAML implements yaml.Unmarshaler.
func (a *Amount) UnmarshalYAML(n *yaml.Node) error {
	v, err := num.ParseAmount(n.Value)
	if err != nil {
		return fault.Invalid("line %d: amount %q: such as 12.5aly or 100ualy: %w", n.Line, n.Value, err)
	}
	*a = Amount(v)
	return nil
}

// MarshalYAML implements yaml.Marshaler.
func (a Amount) MarshalYAML() (any, error) { return num.Amount(a).String(), nil }

// Percent reads "95%" or "0.95".
type Percent num.Ppm

// UnmarshalYAML implements yaml.Unmarshaler.
func (p *Percent) UnmarshalYAML(n *yaml.Node) error {
	text, percent := strings.CutSuffix(strings.TrimSpace(n.Value), "%")
	r, ok := new(big.Rat).SetString(strings.TrimSpace(text))
	if !ok {
		return fault.Invalid("line %d: ratio %q: such as 95%% or 0.95", n.Line, n.Value)
	}
	scale := int64(num.One)
	if percent {
		scale /= 100
	}
	r.Mul(r, new(big.Rat).SetInt64(scale))
	if !r.IsInt() || !r.Num().IsInt64() || r.Sign() < 0 || r.Num().Int64() > int64(num.One) {
		return fault.Invalid("line %d: ratio %q: from 0 to 100%%, in steps of 0.0001%%", n.Line, n.Value)
	}
	*p = Percent(r.Num().Int64())
	return nil
}

// MarshalYAML implements yaml.Marshaler.
func (p Percent) MarshalYAML() (any, error) { return num.Ppm(p).String(), nil }

// Duration reads "90m", "36h" or "30d".
type Duration time.Duration

// UnmarshalYAML implements yaml.Unmarshaler.
func (d *Duration) UnmarshalYAML(n *yaml.Node) error {
	text := n.Value
	unit := time.Duration(1)
	if days, ok := strings.CutSuffix(text, "d"); ok {
		text, unit = days+"h", 24
	}
	v, err := time.ParseDuration(text)
	if err != nil || v <= 0 || v > 366*24*time.Hour/unit {
		return fault.Invalid("line %d: duration %q: such as 90m, 36h or 30d, at most 366d", n.Line, n.Value)
	}
	*d = Duration(v * unit)
	return nil
}

// MarshalYAML implements yaml.Marshaler.
func (d Duration) MarshalYAML() (any, error) { return time.Duration(d).String(), nil }

func (d Duration) ms() int64 { return time.Duration(d).Milliseconds() }
