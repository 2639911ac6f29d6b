#!/usr/bin/env bash
# One query with curl, as an operator.
#   OPERATOR_KEY=... ./curl.sh
set -euo pipefail
GATEWAY=${GATEWAY:-http://127.0.0.1:4000/graphql}

curl --silent --show-error --fail-with-body "$GATEWAY" \
  --header 'content-type: application/json' \
  --header "authorization: Bearer $OPERATOR_KEY" \
  --data '{
    "query": "query($first: Int) { rooms(first: $first) { nodes { provider { name } status visitor { name } lastMessage { text } } } }",
    "variables": { "first": 5 }
  }'
