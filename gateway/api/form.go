package api

import (
	"encoding/json"

	"github.com/alaya-network/alaya/client/labelstudio"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/index/view"
)

// form reads a Label Studio configuration as a form and names what it could not
// take over. It keeps nothing.
func (a *API) form(c *call) (any, error) {
	var asked view.FormAsked
	if err := c.decode(&asked); err != nil {
		return nil, err
	}
	config, err := labelstudio.ParseConfig([]byte(asked.LabelStudio))
	if err != nil {
		return nil, err
	}
	v := view.FormRead{Ignored: []string{}}
	v.Ignored = append(v.Ignored, config.Ignored...)
	if v.Form, err = json.Marshal(config.Form); err != nil {
		return nil, fault.Internal("api: form: %w", err)
	}
	return v, nil
}
