package id

import (
	"math"
	"strconv"
	"time"
)

// Height counts blocks; the first block has height 1.
type Height int64

// String returns the decimal number.
func (h Height) String() string { return strconv.FormatInt(int64(h), 10) }

// Time is chain time: milliseconds since 1970-01-01 UTC.
type Time int64

// Add moves t by ms milliseconds. It stops at the ends of the range, so a
// deadline never wraps around.
func (t Time) Add(ms int64) Time {
	switch {
	case ms > 0 && int64(t) > math.MaxInt64-ms:
		return math.MaxInt64
	case ms < 0 && int64(t) < math.MinInt64-ms:
		return math.MinInt64
	}
	return t + Time(ms)
}

// After says whether t is later than other.
func (t Time) After(other Time) bool { return t > other }

// Before says whether t is earlier than other.
func (t Time) Before(other Time) bool { return t < other }

// String returns RFC 3339 in UTC with milliseconds.
func (t Time) String() string {
	return time.UnixMilli(int64(t)).UTC().Format("2006-01-02T15:04:05.000Z07:00")
}
