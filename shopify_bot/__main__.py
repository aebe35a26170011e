"""`python -m shopify_bot` is `shopify-bot`."""

from shopify_bot.cli import main

if __name__ == "__main__":
    main()
