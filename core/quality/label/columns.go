package label

import "github.com/alaya-network/alaya/core/quality/strict"

// columns sums the columns of a matrix, each shard of rows apart, the shards
// then in order; time and again, without allocating.
type columns struct {
	rows        []float64
	width       int
	parts, sums []float64
	call        func(shard int)
}

func newColumns(rows []float64, width int) *columns {
	c := &columns{rows: rows, width: width}
	c.parts, c.sums = make([]float64, strict.Shards*width), make([]float64, width)
	c.call = c.sumShard
	return c
}

// sum returns the sums; they hold until the next call.
func (c *columns) sum(team *strict.Team) []float64 {
	team.Each(strict.Shards, len(c.rows), c.call)
	clear(c.sums)
	for s := range strict.Shards {
		add(c.sums, c.part(s))
	}
	return c.sums
}

func (c *columns) part(shard int) []float64 {
	return c.parts[shard*c.width:][:c.width]
}

func (c *columns) sumShard(s int) {
	part := c.part(s)
	clear(part)
	from, to := strict.Range(len(c.rows)/c.width, s)
	for i := from; i < to; i++ {
		add(part, c.rows[i*c.width:][:c.width])
	}
}

// sumOf sums from left to right.
func sumOf(values []float64) float64 {
	var sum float64
	for _, x := range values {
		sum += x
	}
	return sum
}
