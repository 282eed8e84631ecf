// Package plottest holds pages of plots to what package plot promises.
package plottest

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
)

var (
	request = regexp.MustCompile(`(?i)(src|href|url|action)\s*[=(]\s*["']?(https?:|//|\.)`)
	foreign = regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>`)
)

// Check fails the test if a page asks for anything, is not well formed, has
// fewer plots than it should, a plot without words for those who listen, or a
// place that is no number.
func Check(t testing.TB, html string, plots int) {
	t.Helper()
	if found := request.FindString(html); found != "" || !strings.Contains(html, `content="default-src 'none'`) {
		t.Errorf("the page refers to %q, or has no policy that forbids requests", found)
	}
	for _, bad := range []string{"NaN", "Inf", "ZgotmplZ"} {
		if strings.Contains(html, bad) {
			t.Errorf("the page has a place %s", bad)
		}
	}
	drawn, named := strings.Count(html, "<svg "), strings.Count(html, `role="img" aria-label="`)
	if drawn < plots || named != drawn {
		t.Errorf("%d plots, %d of them with words; want %d or more, each with words", drawn, named, plots)
	}
	for d := xml.NewDecoder(strings.NewReader(foreign.ReplaceAllString(html, ""))); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
