package main

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
)

// amountFlag is a flag of money, "12.5aly" or "100ualy".
type amountFlag num.Amount

// String writes the amount.
func (a *amountFlag) String() string { return num.Amount(*a).String() }

// Set reads the amount.
func (a *amountFlag) Set(text string) error {
	v, err := num.ParseAmount(text)
	*a = amountFlag(v)
	return err
}

// Type names the kind of value in help texts.
func (a *amountFlag) Type() string { return "amount" }

// pagesFlag is a flag of page numbers, "0,3,5-9"; sorted, each once.
type pagesFlag []uint32

// String writes the numbers.
func (p *pagesFlag) String() string { return numbers(*p) }

// Set reads the numbers.
func (p *pagesFlag) Set(text string) error {
	var pages []uint32
	for _, part := range strings.Split(text, ",") {
		first, last, isRange := strings.Cut(part, "-")
		if !isRange {
			last = first
		}
		from, err := strconv.ParseUint(first, 10, 32)
		if err != nil {
			return fault.Invalid("pages %q: want numbers such as 0,3,5-9", text)
		}
		to, err := strconv.ParseUint(last, 10, 32)
		if err != nil || to < from || to-from >= market.MaxOfferPages {
			return fault.Invalid("pages %q: want numbers such as 0,3,5-9, at most %d in a range", text, market.MaxOfferPages)
		}
		for n := from; n <= to; n++ {
			pages = append(pages, uint32(n))
		}
	}
	slices.Sort(pages)
	*p = slices.Compact(pages)
	return nil
}

// Type names the kind of value in help texts.
func (p *pagesFlag) Type() string { return "pages" }

// numbers writes page numbers, runs of them as first-last.
func numbers(list []uint32) string {
	var parts []string
	for i := 0; i < len(list); {
		j := i
		for j+1 < len(list) && list[j+1] == list[j]+1 {
			j++
		}
		part := strconv.Itoa(int(list[i]))
		if j > i {
			part += "-" + strconv.Itoa(int(list[j]))
		}
		parts = append(parts, part)
		i = j + 1
	}
	return strings.Join(parts, ",")
}

// orAll writes page numbers, where none means all.
func orAll(list []uint32) string {
	if len(list) == 0 {
		return "all"
	}
	return numbers(list)
}

// number reads a whole number of 32 bits, such as a round or a milestone.
func number(what, text string) (uint32, error) {
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil {
		return 0, fault.Invalid("%s %q: want a whole number", what, text)
	}
	return uint32(n), nil
}

// numberOr reads args[i], or takes the other value.
func numberOr(what string, args []string, i int, other uint32) (uint32, error) {
	if i >= len(args) {
		return other, nil
	}
	return number(what, args[i])
}

// ratio writes a ratio without needless zeros.
func ratio(p num.Ppm) string {
	return strings.TrimRight(strings.TrimRight(strings.TrimSuffix(p.String(), "%"), "0"), ".") + " %"
}

// span writes milliseconds as a duration.
func span(ms int64) string {
	const day = 24 * time.Hour
	d := time.Duration(ms) * time.Millisecond
	if d >= day && d%day == 0 {
		return strconv.Itoa(int(d/day)) + "d"
	}
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// instant writes a time, "" for none.
func instant(t id.Time) string {
	if t == 0 {
		return ""
	}
	return t.String()
}

// hash writes a hash, "" for none.
func hash(h id.Hash) string {
	if h.IsZero() {
		return ""
	}
	return h.String()
}

// require marks flags that must be given.
func require(cmd *cobra.Command, flags ...string) {
	for _, name := range flags {
		if err := cmd.MarkFlagRequired(name); err != nil {
			panic(err) // a flag that the command does not declare
		}
	}
}
