package main

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client/appraisal"
	appraisalpage "github.com/alaya-network/alaya/client/appraisal/page"
	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/fault"
)

// The files of a report.
const (
	reportPage = "index.html"
	reportData = "report.json"
)

func newQualityReportCommand(s *session) *cobra.Command {
	var f answersFlags
	var out, title, items string
	cmd := &cobra.Command{
		Use:   "report ANSWERS",
		Short: "Tell all there is to say about answers, on one page",
		Long: `Writes index.html, one page that needs nothing else, and report.json with its numbers:
agreement with intervals, workers, confusion, suspects with evidence in sentences, doubtful
labels, drift, near duplicates, the calibration of confidences, and what answers buy.`,
		Example: `  alaya quality report answers.tsv -o report
  alaya quality report answers.tsv --gold gold.tsv -o report --title "Spring campaign"`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return unlessInterrupted(cmd.Context(), func() error {
				o, err := s.options(&f)
				if err != nil {
					return err
				}
				c, err := s.crowd(args[0], &f, true)
				if err != nil {
					return err
				}
				var texts map[string]string
				if items != "" {
					if texts, err = appraisal.ReadItems(s.source(items, choice{})); err != nil {
						return err
					}
				}
				r, err := appraisal.Appraise(c, o, texts)
				if err != nil {
					return err
				}
				s.sayNotes(r.Method, r.Notes)
				if r.Title = title; title == "" {
					r.Title = filepath.Base(args[0])
				}
				r.Made = time.Now().UTC().Truncate(time.Second)
				if err := writeReport(out, r); err != nil {
					return err
				}
				return s.showPoints(r, filepath.Join(out, reportPage))
			})
		},
	}
	f.bind(cmd)
	cmd.Flags().StringVarP(&out, "out", "o", "report", "folder to write to")
	cmd.Flags().StringVar(&items, "items", "", "table of task and columns of text: what was asked, to find near duplicates")
	cmd.Flags().StringVar(&title, "title", "", "of the page (default: the file's name)")
	return cmd
}

// writeReport writes the page and its numbers into a folder.
func writeReport(dir string, r *appraisal.Report) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fault.Internal("write JSON: %w", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	data := sheet.Target{Name: filepath.Join(dir, reportData)}
	if err := sheet.WriteFile(data, func(w io.Writer) error {
		_, err := w.Write(append(text, '\n'))
		return err
	}); err != nil {
		return err
	}
	html := sheet.Target{Name: filepath.Join(dir, reportPage)}
	return sheet.WriteFile(html, func(w io.Writer) error { return appraisalpage.Write(w, r) })
}

// showPoints shows what stands out, and where the page is.
func (s *session) showPoints(r *appraisal.Report, file string) error {
	v := struct {
		Page   string            `json:"page"`
		Method string            `json:"method"`
		Points []appraisal.Point `json:"points"`
	}{file, r.Method, r.Points}
	return s.show(v, func(p *page) {
		for _, point := range r.Points {
			p.line("%s", point.Text)
		}
		p.field("page", file)
	})
}
