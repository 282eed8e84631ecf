package gateway

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
)

var (
	//go:embed openapi/alaya.swagger.json
	stagesDocument string
	//go:embed paths.json
	ownDocument string
)

// document serves the OpenAPI document: the generated one of the stages'
// queries with the gateway's own paths.
func document() (http.Handler, error) {
	var whole, own map[string]any
	if err := json.Unmarshal([]byte(stagesDocument), &whole); err != nil {
		return nil, fmt.Errorf("openapi document: %w", err)
	}
	if err := json.Unmarshal([]byte(ownDocument), &own); err != nil {
		return nil, fmt.Errorf("openapi paths: %w", err)
	}
	paths, ok := whole["paths"].(map[string]any)
	added, ok2 := own["paths"].(map[string]any)
	if !ok || !ok2 {
		return nil, fmt.Errorf("openapi document: no paths")
	}
	for path, operations := range added {
		paths[path] = operations
	}
	whole["info"], whole["tags"] = own["info"], own["tags"]
	text, err := json.Marshal(whole)
	if err != nil {
		return nil, fmt.Errorf("openapi document: %w", err)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(text) // a client that is gone cannot be told
	}), nil
}
