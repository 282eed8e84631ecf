package labelstudio

import (
	"math/big"
	"strings"
)

// scaled reads a decimal number as an integer of 10^-decimals, half to even.
func scaled(text string, decimals int64) (int64, bool) {
	r, ok := new(big.Rat).SetString(strings.TrimSpace(text))
	if !ok || len(text) > 40 {
		return 0, false
	}
	return times(r, new(big.Int).Exp(big.NewInt(10), big.NewInt(decimals), nil))
}

// times returns r × n, rounded half to even.
func times(r *big.Rat, n *big.Int) (int64, bool) {
	product := new(big.Rat).Mul(r, new(big.Rat).SetInt(n))
	twice := new(big.Int).Mul(product.Num(), big.NewInt(2))
	twice.Add(twice, product.Denom())
	q, rest := new(big.Int).DivMod(twice, new(big.Int).Mul(product.Denom(), big.NewInt(2)), new(big.Int))
	if rest.Sign() == 0 && q.Bit(0) == 1 { // a half went up to an odd number
		q.Sub(q, big.NewInt(1))
	}
	return q.Int64(), q.IsInt64()
}

// decimal writes an integer of 10^-decimals.
func decimal(n, decimals int64) string {
	return new(big.Rat).SetFrac(big.NewInt(n), new(big.Int).Exp(big.NewInt(10), big.NewInt(decimals), nil)).FloatString(int(decimals))
}

// color returns a colour as #rrggbb, empty if it is not known.
func color(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	if strings.HasPrefix(name, "#") {
		if len(name) == 4 {
			name = "#" + strings.Repeat(name[1:2], 2) + strings.Repeat(name[2:3], 2) + strings.Repeat(name[3:4], 2)
		}
		if len(name) == 7 && strings.Trim(name[1:], "0123456789abcdef") == "" {
			return name
		}
		return ""
	}
	return map[string]string{
		"black": "#000000", "white": "#ffffff", "gray": "#808080", "grey": "#808080", "silver": "#c0c0c0",
		"red": "#ff0000", "green": "#008000", "blue": "#0000ff", "yellow": "#ffff00", "orange": "#ffa500",
		"purple": "#800080", "pink": "#ffc0cb", "brown": "#a52a2a", "cyan": "#00ffff", "aqua": "#00ffff",
		"magenta": "#ff00ff", "lime": "#00ff00", "navy": "#000080", "teal": "#008080", "olive": "#808000", "maroon": "#800000",
	}[name]
}
