"""Phone numbers that dial when they are pressed."""

from django import template

from contacts.phones import phone_link

register = template.Library()
register.filter("phone_link", phone_link)
