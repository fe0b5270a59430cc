"""What the admin pages of all apps share: the site, its first page, forms that ask, periods, refusals."""
