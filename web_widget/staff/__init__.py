"""The staff pages: where a council's workers read early help requests and act on them."""
