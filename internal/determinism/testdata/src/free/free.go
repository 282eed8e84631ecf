// Package free lies in no place: nothing here is refused.
package free

import "time"

func f(m map[string]float64, a, b, c float64) (float64, time.Time) {
	for range m {
		c += a * b
	}
	return c, time.Now()
}
