package gateway

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/alaya-network/alaya/client"
)

// metrics are the gateway's own, in a registry of its own.
type metrics struct {
	requests  *prometheus.CounterVec
	seconds   *prometheus.HistogramVec
	followers prometheus.Gauge
	all       prometheus.Gatherer
}

func newMetrics(c *client.Client, others prometheus.Gatherer) *metrics {
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "alaya_gateway_requests_total", Help: "Requests answered, by first part of the path and status.",
		}, []string{"route", "code"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "alaya_gateway_request_seconds", Help: "Time to answer a request.",
			Buckets: []float64{.001, .005, .02, .1, .5, 2, 10, 60},
		}, []string{"route"}),
		followers: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "alaya_gateway_followers", Help: "Readers of /events.",
		}),
	}
	own := prometheus.NewRegistry()
	own.MustRegister(m.requests, m.seconds, m.followers, prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "alaya_chain_height", Help: "Height of the last block.",
	}, func() float64 { return float64(c.Height()) }))
	m.all = own
	if others != nil {
		m.all = prometheus.Gatherers{own, others}
	}
	return m
}

// observe counts, times and logs every request.
func (g *Gateway) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		seen := &witness{ResponseWriter: w, code: http.StatusOK}
		next.ServeHTTP(seen, r)
		took := time.Since(begun)
		route := routeOf(r.URL.Path)
		g.metrics.requests.WithLabelValues(route, strconv.Itoa(seen.code)).Inc()
		if route != "/events" {
			g.metrics.seconds.WithLabelValues(route).Observe(took.Seconds())
		}
		g.log.DebugContext(r.Context(), "request", "method", r.Method, "path", r.URL.Path,
			"code", seen.code, "bytes", seen.bytes, "ms", took.Milliseconds())
	})
}

// routeOf bounds the labels that strangers can make: the first part of a
// path, and for queries the stage or module too.
func routeOf(path string) string {
	parts := strings.SplitN(strings.TrimPrefix(path, "/"), "/", 3)
	switch parts[0] {
	case "", "api", "assets", "tx", "events", "blob", "openapi.json", "healthz", "metrics":
		return "/" + parts[0]
	case "alaya", "cosmos":
		if len(parts) > 1 {
			switch parts[1] {
			case "party", "market", "work", "quality", "settle", "dataset", "auth", "bank", "staking", "base":
				return "/" + parts[0] + "/" + parts[1]
			}
		}
	}
	return "other"
}

// witness remembers what was answered.
type witness struct {
	http.ResponseWriter
	code  int
	bytes int64
}

// Unwrap serves http.ResponseController.
func (w *witness) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// WriteHeader remembers the status.
func (w *witness) WriteHeader(code int) {
	w.code = code
	w.ResponseWriter.WriteHeader(code)
}

// Write counts the bytes.
func (w *witness) Write(b []byte) (int, error) {
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}
